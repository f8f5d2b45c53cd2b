import {
  CurrencyCodeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  NestedListField,
  TextField,
} from '@souk/kit/graphql';
import { Field, InputType, Int } from 'type-graphql';
import type { UnitPrice } from './pricing/price.ts';

@InputType()
export abstract class ChangeInputType extends IdempotentInput {
  @IdField()
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The expected version. The change is refused when the object has another version.',
  })
  expectedVersion?: number | null;
}

@InputType('PriceInput', { description: 'The price of one unit, zero or more, with up to six decimal places.' })
export class PriceInput {
  @Field(() => DecimalScalar)
  amount!: string;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;
}

@InputType('TranslationInput', {
  description: 'Texts in another language. Missing texts are shown in the language of the shop.',
})
export class TranslationInputType {
  @TextField({ min: 2, max: 35, description: 'BCP 47: "de", "pt-BR".' })
  locale!: string;

  @TextField({ nullable: true })
  name?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @TextField({ nullable: true, min: 0, description: 'The title for search engines.' })
  seoTitle?: string | null;

  @TextField({ nullable: true, min: 0, max: 1_000, description: 'The description for search engines.' })
  seoDescription?: string | null;
}

const SEO_TITLE = { nullable: true, min: 0 };
const SEO_DESCRIPTION = { nullable: true, min: 0, max: 1_000 };
/** The fields for search engines in the inputs that create an object. */
export const NEW_SEO = {
  title: { ...SEO_TITLE, description: 'The title for search engines. Default: the name.' },
  description: { ...SEO_DESCRIPTION, description: 'The description for search engines. Default: the description.' },
};
/** The fields for search engines in the inputs that change an object. */
export const CHANGED_SEO = {
  title: { ...SEO_TITLE, description: 'The title for search engines. Null: the name.' },
  description: { ...SEO_DESCRIPTION, description: 'The description for search engines. Null: the description.' },
};

/** The fields that the inputs for a new category and a new collection share. */
@InputType()
export abstract class ListingCreateInput extends IdempotentInput {
  @TextField()
  name!: string;

  @TextField({
    nullable: true,
    description:
      'Small letters, digits, single dashes. Default: derived from the name, with a number when that slug is taken.',
  })
  slug?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;

  @TextField(NEW_SEO.title)
  seoTitle?: string | null;

  @TextField(NEW_SEO.description)
  seoDescription?: string | null;

  @TextField({ nullable: true, description: "The object's id in another system, unique in the shop." })
  externalReference?: string | null;

  @NestedListField(() => TranslationInputType, { nullable: true, max: 100 })
  translations?: TranslationInputType[] | null;
}

/** The fields that the update inputs of categories and collections share. */
@InputType()
export abstract class ListingUpdateInput extends ChangeInputType {
  @TextField({ omittable: true })
  name?: string;

  @TextField({ omittable: true })
  slug?: string;

  @TextField({ nullable: true, min: 0, max: 50_000, description: 'Null clears it.' })
  description?: string | null;

  @TextField(CHANGED_SEO.title)
  seoTitle?: string | null;

  @TextField(CHANGED_SEO.description)
  seoDescription?: string | null;

  @TextField({ nullable: true, description: 'Null clears it.' })
  externalReference?: string | null;

  @NestedListField(() => TranslationInputType, {
    nullable: true,
    max: 100,
    description: 'The translations in all languages. Omitted languages are removed. Null clears all.',
  })
  translations?: TranslationInputType[] | null;
}

export function unitPrices(prices: readonly PriceInput[]): UnitPrice[] {
  return prices.map(({ amount, currencyCode }) => ({ amount, currency: currencyCode }));
}
