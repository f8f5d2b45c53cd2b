import { FindAccountsNode } from '@souk/accounts/contract';
import { FindInventoryNode } from '@souk/inventory/contract';
import { NodeType } from '@souk/kit/graphql';
import { FindOrdersNode } from '@souk/orders/contract';
import { FindPaymentsNode } from '@souk/payments/contract';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** How the subgraphs that own the entities of other types are asked for one. */
export const NODE_LOOKUPS = {
  Cart: FindOrdersNode,
  Customer: FindAccountsNode,
  Fulfillment: FindOrdersNode,
  Order: FindOrdersNode,
  Payment: FindPaymentsNode,
  Reservation: FindInventoryNode,
  Tenant: FindAccountsNode,
  User: FindAccountsNode,
  Warehouse: FindInventoryNode,
};

/** The entities of other subgraphs, as far as `node` knows them: the gateway asks their owners for the rest. */
export const nodeStubs = Object.keys(NODE_LOOKUPS).map((name) => {
  @Directive('@key(fields: "id", resolvable: false)')
  @ObjectType(name, { implements: NodeType, simpleResolvers: true })
  class NodeStub {
    @Field(() => ID)
    id!: string;
  }
  return NodeStub;
});
