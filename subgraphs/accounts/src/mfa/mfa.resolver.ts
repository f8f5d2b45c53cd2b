import type { RequestContext } from '@souk/kit/context';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Directive, Info, Mutation, Query, Resolver } from 'type-graphql';
import { refusalPayload } from '../payload.types.ts';
import { presentTokens, reported } from '../session/signed-in.presenter.ts';
import { respond } from '../user-errors.ts';
import {
  LoginVerifyInput,
  MfaConfirmInput,
  MfaDisableInput,
  MfaEnrollInput,
  MfaRecoveryCodesReplaceInput,
} from './mfa.inputs.ts';
import type { MfaService } from './mfa.service.ts';
import {
  LoginVerifyPayload,
  MfaConfirmPayload,
  MfaEnrollPayload,
  MfaRecoveryCodesReplacePayload,
  MfaStatus,
} from './mfa.types.ts';

const DisablePayload = refusalPayload('MfaDisable');

/**
 * The operations of the second factor. Users who are logged in manage their authenticator app. A client completes a login with a code of the
 * app or a recovery code.
 */
@Resolver()
export class MfaResolver {
  readonly #mfa: MfaService;

  constructor(mfa: MfaService) {
    this.#mfa = mfa;
  }

  @Directive('@authenticated')
  @Query(() => MfaStatus, {
    nullable: true,
    description: 'The authenticator app of the user who is logged in. Null when logins need only the password.',
  })
  mfa(@Ctx() ctx: RequestContext) {
    return this.#mfa.status(ctx);
  }

  @Directive('@cost(weight: 20)')
  @Mutation(() => LoginVerifyPayload, {
    nullable: true,
    description: 'Completes a login that returned a `challenge`. Needs no tenant, because the challenge determines it.',
  })
  loginVerify(
    @Arg('input', () => LoginVerifyInput) input: LoginVerifyInput,
    @Ctx() ctx: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ) {
    return respond(input, () => reported(this.#mfa.verifyLogin(ctx, input), ctx, info), presentTokens);
  }

  @Directive('@authenticated')
  @Directive('@cost(weight: 100)')
  @Mutation(() => MfaEnrollPayload, {
    nullable: true,
    description: 'Creates the secret of an authenticator app. Logins need a code only after `mfaConfirm`.',
  })
  mfaEnroll(@Arg('input', () => MfaEnrollInput) input: MfaEnrollInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#mfa.enroll(ctx, input),
      (enrollment) => ({ ...enrollment }),
    );
  }

  @Directive('@authenticated')
  @Mutation(() => MfaConfirmPayload, {
    nullable: true,
    description: 'Confirms the app with its first code. Logins then need a code of the app or a recovery code.',
  })
  mfaConfirm(@Arg('input', () => MfaConfirmInput) input: MfaConfirmInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#mfa.confirm(ctx, input.code),
      (recoveryCodes) => ({ recoveryCodes, mfa: this.#mfa.status(ctx) }),
    );
  }

  @Directive('@authenticated')
  @Mutation(() => DisablePayload, {
    nullable: true,
    description: 'Removes the app and the recovery codes. Logins then need only the password.',
  })
  mfaDisable(@Arg('input', () => MfaDisableInput) input: MfaDisableInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#mfa.disable(ctx, input.code),
      () => ({}),
    );
  }

  @Directive('@authenticated')
  @Mutation(() => MfaRecoveryCodesReplacePayload, {
    nullable: true,
    description: 'Replaces all recovery codes. The earlier codes no longer work.',
  })
  mfaRecoveryCodesReplace(
    @Arg('input', () => MfaRecoveryCodesReplaceInput) input: MfaRecoveryCodesReplaceInput,
    @Ctx() ctx: RequestContext,
  ) {
    return respond(
      input,
      () => this.#mfa.replaceRecoveryCodes(ctx, input.code),
      (recoveryCodes) => ({ recoveryCodes, mfa: this.#mfa.status(ctx) }),
    );
  }
}
