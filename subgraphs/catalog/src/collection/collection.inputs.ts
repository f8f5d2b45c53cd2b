import { IdempotentInput, NestedField, TextField } from '@souk/kit/graphql';
import { ArrayMaxSize } from 'class-validator';
import { InputType } from 'type-graphql';
import { ChangeInputType, IdListField, TranslationInputType } from '../inputs.ts';

@InputType('CollectionCreateInput')
export class CollectionCreateInput extends IdempotentInput {
  @TextField()
  name!: string;

  @TextField({ nullable: true, description: 'Small letters, digits, single dashes. Default: made from the name.' })
  slug?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @TextField({ nullable: true, description: 'Its id in another system, unique in the shop.' })
  externalReference?: string | null;

  @NestedField(() => [TranslationInputType], { nullable: true })
  @ArrayMaxSize(100)
  translations?: TranslationInputType[] | null;
}

@InputType('CollectionUpdateInput', { description: 'What is not named stays as it is.' })
export class CollectionUpdateInput extends ChangeInputType {
  @TextField({ nullable: true })
  name?: string | null;

  @TextField({ nullable: true })
  slug?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @TextField({ nullable: true, description: 'Null takes it away.' })
  externalReference?: string | null;

  @NestedField(() => [TranslationInputType], {
    nullable: true,
    description: 'Of all languages: those that are not named go.',
  })
  @ArrayMaxSize(100)
  translations?: TranslationInputType[] | null;
}

@InputType('CollectionDeleteInput')
export class CollectionDeleteInput extends ChangeInputType {}

@InputType('CollectionProductsAddInput')
export class CollectionProductsAddInput extends ChangeInputType {
  @IdListField({ max: 500 })
  productIds!: string[];
}

@InputType('CollectionProductsRemoveInput')
export class CollectionProductsRemoveInput extends ChangeInputType {
  @IdListField({ max: 500 })
  productIds!: string[];
}
