import { Field, Int, ObjectType } from 'type-graphql';
import { errors } from '../user-errors.ts';
import { InvoiceSellerType } from './invoice-party.types.ts';
import { InvoiceObjectType } from './invoice.types.ts';

@ObjectType({ simpleResolvers: true })
export class InvoiceCreatePayload {
  @Field(() => InvoiceObjectType, { nullable: true, description: 'Null when the mutation was refused.' })
  invoice?: InvoiceObjectType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}

@ObjectType('InvoiceSettings', { simpleResolvers: true, description: 'The settings of invoices.' })
export class InvoiceSettingsType {
  @Field(() => InvoiceSellerType)
  seller!: InvoiceSellerType;

  @Field(() => String)
  invoicePrefix!: string;

  @Field(() => String)
  creditNotePrefix!: string;

  @Field(() => Boolean)
  isAutomatic!: boolean;

  @Field(() => Int, { description: 'For `expectedVersion`.' })
  version!: number;
}

@ObjectType({ simpleResolvers: true })
export class InvoiceSettingsSetPayload {
  @Field(() => InvoiceSettingsType, { nullable: true, description: 'Null when the mutation was refused.' })
  invoiceSettings?: InvoiceSettingsType | null;

  @Field(() => [errors.UserError])
  userErrors!: readonly unknown[];
}
