import { customerIdOf, type RequestContext } from '@souk/kit/context';
import type { RequestLoader } from '@souk/kit/graphql';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { UserType } from './user.types.ts';
import { presentCustomer } from '../customer/customer.presenter.ts';
import type { CustomerRecord } from '../customer/customer.repository.ts';
import { CustomerType } from '../customer/customer.types.ts';

/** Resolves the customer to whom a user's account belongs. */
@Resolver(() => UserType)
export class OwnCustomerResolver {
  readonly #customers: RequestLoader<string, CustomerRecord>;

  constructor(customers: RequestLoader<string, CustomerRecord>) {
    this.#customers = customers;
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: 'The customer whose account this is. Null for staff, and for users other than the caller.',
  })
  async customer(@Root() user: UserType, @Ctx() ctx: RequestContext) {
    const customerId = customerIdOf(ctx);
    const isCaller = ctx.actor.kind === 'user' && ctx.actor.userId === user.id;
    const found = isCaller && customerId !== null ? await this.#customers.load(ctx, customerId) : null;
    return found && presentCustomer(found);
  }
}
