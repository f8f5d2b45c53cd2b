import { AuditedFor, AuditedType, connectionTypes, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { CustomersRead } from '../contract.ts';

@Directive('@key(fields: "id")')
@AuditedFor(CustomersRead)
@ObjectType('Company', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description: 'A company for which customers buy: at the prices of its price lists, and with its VAT id. For staff.',
})
export class CompanyType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A checked VAT id of an EU country, with its prefix. Null: the company has none.',
  })
  vatId!: string | null;
}

export const { ConnectionType: CompanyConnection } = connectionTypes('Company', CompanyType);
