import { Field, ObjectType } from 'type-graphql';

@ObjectType('InvoiceFile', { simpleResolvers: true, description: 'A file of an invoice.' })
export class InvoiceFileType {
  @Field(() => String, { description: 'INV-00042.pdf' })
  name!: string;

  @Field(() => String, { description: 'The bytes in base64.' })
  content!: string;
}
