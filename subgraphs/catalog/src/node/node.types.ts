import { FindAccountsNode } from '@souk/accounts/contract';
import { FindInventoryNode } from '@souk/inventory/contract';
import { NodeType } from '@souk/kit/graphql';
import { FindOrdersNode } from '@souk/orders/contract';
import { FindPaymentsNode } from '@souk/payments/contract';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The command that looks up entities of other subgraphs, by entity type. */
export const NODE_LOOKUPS = {
  Cart: FindOrdersNode,
  Company: FindAccountsNode,
  Customer: FindAccountsNode,
  CustomerGroup: FindAccountsNode,
  Fulfillment: FindOrdersNode,
  Invoice: FindOrdersNode,
  Order: FindOrdersNode,
  Payment: FindPaymentsNode,
  Reservation: FindInventoryNode,
  Return: FindOrdersNode,
  Tenant: FindAccountsNode,
  User: FindAccountsNode,
  Warehouse: FindInventoryNode,
};

/** The stub of a customer, for fields that return one. */
export const customerStub = nodeStub('Customer');

/**
 * Stub types of other subgraphs' entities, which the field `node` returns. The gateway loads their fields from the subgraphs that own them.
 */
export const nodeStubs = Object.keys(NODE_LOOKUPS).map((name) => (name === 'Customer' ? customerStub : nodeStub(name)));

function nodeStub(name: string) {
  @Directive('@key(fields: "id", resolvable: false)')
  @ObjectType(name, { implements: NodeType, simpleResolvers: true })
  class NodeStub {
    @Field(() => ID)
    id!: string;
  }
  return NodeStub;
}
