import { AuditedFor, AuditedType } from '@souk/kit/graphql';
import { Directive, Field, ObjectType } from 'type-graphql';
import { TenantRead } from '../contract.ts';
import { PLATFORM_LOCALE } from './tenant-settings.ts';
import type { TenantSettingsRow } from './tenant-settings.repository.ts';

@ObjectType('TenantBrand', { simpleResolvers: true, description: 'The name and the color of a shop for buyers.' })
export class TenantBrandType {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'Such as `#0f766e`.' })
  color!: string | null;
}

@AuditedFor(TenantRead)
@ObjectType('TenantSettings', {
  implements: [AuditedType],
  simpleResolvers: true,
  description: 'The settings of a shop.',
})
export class TenantSettingsType extends AuditedType {
  @Field(() => String, { nullable: true, description: 'The name that the store shows. Null: the name of the shop.' })
  brandName!: string | null;

  @Field(() => String, { nullable: true, description: 'Such as `#0f766e`.' })
  brandColor!: string | null;

  @Field(() => String, { nullable: true, description: 'The sender of mails. Null: the name of the shop.' })
  mailSenderName!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The currency that the shop chose at its sign-up (ISO 4217). Null: it chose none.',
  })
  defaultCurrency!: string | null;

  @Field(() => String, { description: 'The language of names and descriptions in the catalog (BCP 47).' })
  defaultLocale!: string;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [String], { description: 'The languages of the store (BCP 47), with the default locale. At most 50.' })
  locales!: readonly string[];

  @Field(() => String, { description: 'A name of the IANA time zone database.' })
  timeZone!: string;

  @Field(() => String, { nullable: true, description: 'The country of the shop (ISO 3166-1 alpha-2).' })
  countryCode!: string | null;
}

/** The GraphQL fields of a shop's settings. */
export function presentTenantSettings(row: TenantSettingsRow): TenantSettingsType {
  const defaultLocale = row.default_locale ?? PLATFORM_LOCALE;
  return {
    brandName: row.brand_name,
    brandColor: row.brand_color,
    mailSenderName: row.mail_sender_name,
    defaultCurrency: row.default_currency,
    defaultLocale,
    locales: row.locales.length > 0 ? row.locales : [defaultLocale],
    timeZone: row.time_zone,
    countryCode: row.country_code,
    createdAt: row.created_at,
    createdBy: row.created_by,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
    version: row.version,
  };
}
