import type { RequestContext } from '@souk/kit/context';
import { ForScope } from '@souk/kit/graphql';
import { Arg, Ctx, Directive, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { UsersWrite } from '../contract.ts';
import { respond, UserError } from '../user-errors.ts';
import { UserCreateInput } from './user.inputs.ts';
import type { UserService } from './user.service.ts';
import { UserType } from './user.types.ts';

@ObjectType({ simpleResolvers: true })
class UserCreatePayload {
  @Field(() => UserType, { nullable: true })
  user?: UserType | null;

  @Field(() => [UserError])
  userErrors!: readonly unknown[];
}

@Resolver()
export class UserResolver {
  readonly #users: UserService;

  constructor(users: UserService) {
    this.#users = users;
  }

  @Directive('@authenticated')
  @Query(() => UserType, { nullable: true, description: 'The user who is logged in.' })
  me(@Ctx() ctx: RequestContext) {
    return this.#users.current(ctx);
  }

  @ForScope(UsersWrite)
  @Directive('@cost(weight: 100)')
  @Mutation(() => UserCreatePayload, { nullable: true, description: 'Creates a user who can log in to this shop.' })
  userCreate(@Arg('input', () => UserCreateInput) input: UserCreateInput, @Ctx() ctx: RequestContext) {
    return respond(
      input,
      () => this.#users.create(ctx, input, input.idempotencyKey ?? null),
      (user) => ({ user }),
    );
  }
}
