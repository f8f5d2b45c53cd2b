import {
  AuditedFor,
  AuditedType,
  connectionTypes,
  CurrencyCodeScalar,
  DateTimeScalar,
  DecimalScalar,
  enumOf,
  NodeType,
} from '@souk/kit/graphql';
import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { InvoicesRead } from '../contract.ts';
import { TaxedMoneyType, TaxLineType } from '../tax/tax-line.types.ts';
import { InvoiceBuyerType, InvoiceSellerType } from './invoice-party.types.ts';
import { INVOICE_LINE_KINDS, INVOICE_TYPES, type InvoiceLineKind, type InvoiceType } from './invoice.ts';

export const InvoiceTypeEnum = enumOf(INVOICE_TYPES);
registerEnumType(InvoiceTypeEnum, {
  name: 'InvoiceType',
  description:
    'INVOICE: the price of an order. CREDIT_NOTE: a part of an invoice that the buyer does not owe any more. Its amounts are positive.',
});
const InvoiceLineKindEnum = enumOf(INVOICE_LINE_KINDS);
registerEnumType(InvoiceLineKindEnum, {
  name: 'InvoiceLineKind',
  description:
    'GOODS: units of an order line. SHIPPING: the shipping at one tax rate. ADJUSTMENT: the difference between the price of the units and the refund at one tax rate, negative for a retained fee.',
});

@ObjectType('InvoiceLine', { simpleResolvers: true, description: 'A line of an invoice.' })
export class InvoiceLineType {
  @Field(() => InvoiceLineKindEnum)
  kind!: InvoiceLineKind;

  @Field(() => ID, { nullable: true, description: 'Null for lines that are no goods.' })
  orderLineId!: string | null;

  @Field(() => String, { nullable: true })
  sku!: string | null;

  @Field(() => String, { description: 'Name of the goods or of the shipping method. Empty for adjustments.' })
  name!: string;

  @Field(() => [String], { description: 'Options of the variant, "Color: red". At most 10.' })
  options!: readonly string[];

  @Field(() => Int)
  quantity!: number;

  @Field(() => DecimalScalar, {
    nullable: true,
    description: 'Price of one unit as the shop set it, before discounts. Null for lines that are no goods.',
  })
  unitPrice!: string | null;

  @Field(() => TaxedMoneyType, { description: 'The amount of the line after discounts.' })
  total!: TaxedMoneyType;

  @Field(() => [TaxLineType], { description: 'The tax by rate. At most 20. Empty: no tax applies.' })
  taxLines!: readonly TaxLineType[];
}

@Directive('@key(fields: "id")')
@AuditedFor(InvoicesRead)
@ObjectType('Invoice', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description: 'An invoice or a credit note. It shows the day of its issue, and never changes.',
})
export class InvoiceObjectType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => InvoiceTypeEnum)
  type!: InvoiceType;

  @Field(() => String, { description: 'Without gaps in its series: "INV-00042".' })
  number!: string;

  @Field(() => DateTimeScalar)
  issuedAt!: Date;

  @Field(() => String, { description: 'The language and region of the buyer, "de-DE".' })
  locale!: string;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;

  @Field(() => String)
  orderNumber!: string;

  @Field(() => String, { nullable: true, description: 'The number of the corrected invoice. Null for invoices.' })
  creditedInvoiceNumber!: string | null;

  @Field(() => InvoiceSellerType)
  seller!: InvoiceSellerType;

  @Field(() => InvoiceBuyerType)
  buyer!: InvoiceBuyerType;

  @Field(() => [InvoiceLineType], { description: 'At most 450.' })
  lines!: readonly InvoiceLineType[];

  @Field(() => TaxedMoneyType)
  total!: TaxedMoneyType;

  @Field(() => [TaxLineType], { description: 'The tax of all lines by rate. At most 400.' })
  taxLines!: readonly TaxLineType[];

  /** The source of the field `order`. Not a GraphQL field. */
  orderId!: string;

  /** The source of the field `invoice`. Not a GraphQL field. */
  invoiceId!: string | null;
}

export const { ConnectionType: InvoiceConnection } = connectionTypes('Invoice', InvoiceObjectType);
