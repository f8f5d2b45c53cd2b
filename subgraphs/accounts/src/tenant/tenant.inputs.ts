import { IdempotentInput, IntField, LineField, TextField, TextListField } from '@souk/kit/graphql';
import { IsOptional, Matches } from 'class-validator';
import { Field, InputType } from 'type-graphql';

@InputType()
export class TenantUpdateInput extends IdempotentInput {
  @IntField({
    nullable: true,
    min: 1,
    max: 2_147_483_647,
    description: 'The expected version. The change is refused when the shop has another version.',
  })
  expectedVersion?: number | null;

  @LineField({ omittable: true })
  name?: string;

  @LineField({ nullable: true, description: 'The name that the store shows. Null: the name of the shop.' })
  brandName?: string | null;

  @Field(() => String, { nullable: true, description: 'Such as `#0f766e`, in small letters. Null: no color.' })
  @IsOptional()
  @Matches(/^#[0-9a-f]{6}$/, { message: 'brandColor takes a color such as #0f766e, in small letters' })
  brandColor?: string | null;

  @LineField({ nullable: true, max: 100, description: 'The sender of mails. Null: the name of the shop.' })
  mailSenderName?: string | null;

  @TextField({
    omittable: true,
    max: 35,
    description: 'The language of names and descriptions in the catalog (BCP 47).',
  })
  defaultLocale?: string;

  @TextListField({
    nullable: true,
    max: 49,
    description: 'The languages of the store (BCP 47). The default locale is added. Null keeps them.',
  })
  locales?: string[] | null;

  @TextField({
    omittable: true,
    max: 64,
    description: 'A name of the IANA time zone database, such as `Europe/Berlin`.',
  })
  timeZone?: string;
}
