import {
  all,
  CurrencyCodeScalar,
  DecimalScalar,
  IdempotentInput,
  IdField,
  NestedField,
  TextField,
} from '@souk/kit/graphql';
import { ArrayMaxSize, IsArray, IsOptional, IsUUID, Length } from 'class-validator';
import { Field, ID, InputType, Int } from 'type-graphql';
import type { UnitPrice } from './variant/price.ts';

/** A list of ids: UUIDs, at most so many. */
export function IdListField({ max, nullable = false }: { max: number; nullable?: boolean }): PropertyDecorator {
  return all(
    Field(() => [ID], { nullable }),
    ...(nullable ? [IsOptional()] : []),
    IsArray(),
    ArrayMaxSize(max, { message: `$property takes at most ${max} ids` }),
    IsUUID('all', { each: true, message: '$property takes ids of Souk (UUIDs)' }),
  );
}

/** A list of texts of 1 to 255 characters, at most so many. */
export function TextListField({ max }: { max: number }): PropertyDecorator {
  return all(
    Field(() => [String]),
    IsArray(),
    ArrayMaxSize(max, { message: `$property takes at most ${max} texts` }),
    Length(1, 255, { each: true, message: '$property takes texts of 1 to 255 characters' }),
  );
}

@InputType()
export abstract class ChangeInputType extends IdempotentInput {
  @IdField()
  id!: string;

  @Field(() => Int, { nullable: true, description: 'The version that the change is meant for; any other is refused.' })
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
  description: 'Texts in another language; those that are missing are shown in the language of the shop.',
})
export class TranslationInputType {
  @TextField({ min: 2, max: 35, description: 'BCP 47: "de", "pt-BR".' })
  locale!: string;

  @TextField({ nullable: true })
  name?: string | null;

  @TextField({ nullable: true, min: 0, max: 50_000 })
  description?: string | null;
}

/** What a category and a collection are made of. */
@InputType()
export abstract class ListingCreateInput extends IdempotentInput {
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

/** What of a category and a collection may change. */
@InputType()
export abstract class ListingUpdateInput extends ChangeInputType {
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

export function unitPrices(prices: readonly PriceInput[]): UnitPrice[] {
  return prices.map(({ amount, currencyCode }) => ({ amount, currency: currencyCode }));
}
