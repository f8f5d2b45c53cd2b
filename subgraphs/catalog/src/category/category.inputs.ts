import { IdempotentInput, IdField, NestedField, TextField } from '@souk/kit/graphql';
import { ArrayMaxSize } from 'class-validator';
import { InputType } from 'type-graphql';
import { ChangeInputType, TranslationInputType } from '../inputs.ts';

@InputType('CategoryCreateInput')
export class CategoryCreateInput extends IdempotentInput {
  @TextField()
  name!: string;

  @TextField({ nullable: true, description: 'Small letters, digits, single dashes. Default: made from the name.' })
  slug?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @IdField({ nullable: true, description: 'Default: none, a root.' })
  parentId?: string | null;

  @TextField({ nullable: true, description: 'Its id in another system, unique in the shop.' })
  externalReference?: string | null;

  @NestedField(() => [TranslationInputType], { nullable: true })
  @ArrayMaxSize(100)
  translations?: TranslationInputType[] | null;
}

@InputType('CategoryUpdateInput', { description: 'What is not named stays as it is.' })
export class CategoryUpdateInput extends ChangeInputType {
  @TextField({ nullable: true })
  name?: string | null;

  @TextField({ nullable: true })
  slug?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @IdField({ nullable: true, description: 'Null makes it a root.' })
  parentId?: string | null;

  @TextField({ nullable: true, description: 'Null takes it away.' })
  externalReference?: string | null;

  @NestedField(() => [TranslationInputType], {
    nullable: true,
    description: 'Of all languages: those that are not named go.',
  })
  @ArrayMaxSize(100)
  translations?: TranslationInputType[] | null;
}

@InputType('CategoryDeleteInput')
export class CategoryDeleteInput extends ChangeInputType {}
