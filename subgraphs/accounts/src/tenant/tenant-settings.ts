import { canonicalLocale, err, failure, ok, type Failure, type Result } from '@souk/kit/domain';

/** The settings of a shop that its owner changes. */
export interface TenantSettings {
  readonly name: string;
  /** The name that the store shows. Null when the store shows the name of the shop. */
  readonly brandName: string | null;
  /** Such as `#0f766e`. */
  readonly brandColor: string | null;
  /** The name of the sender of mails. Null when mails show the name of the shop. */
  readonly mailSenderName: string | null;
  /** BCP 47. Null when the platform's default applies. */
  readonly defaultLocale: string | null;
  /**
   * The locales of the store (BCP 47), including the default locale. Empty when the store has only the default locale.
   */
  readonly locales: readonly string[];
  /** A name of the IANA time zone database. */
  readonly timeZone: string;
}

/** A change of settings. An absent value is not changed. For `locales`, null means the same as absent. */
export type TenantSettingsChange = {
  readonly [Key in Exclude<keyof TenantSettings, 'locales'>]?: TenantSettings[Key] | undefined;
} & { readonly locales?: readonly string[] | null | undefined };

/** The locale of a shop that has not chosen one. */
export const PLATFORM_LOCALE = 'en';

/**
 * Matches an area and a place, or `UTC`. Intl also accepts offsets such as `+01:00`, which do not follow the clock
 * changes of a place.
 */
const ZONE_NAME = /^(UTC|[A-Za-z_]+(\/[A-Za-z0-9_+-]+){1,2})$/;

/** Applies a change. Locales are converted to their BCP 47 form, and duplicates are removed. */
export function changeTenantSettings(
  present: TenantSettings,
  change: TenantSettingsChange,
): Result<TenantSettings, Failure<'INVALID_INPUT'>> {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const wanted: TenantSettings = { ...present, ...given, locales: change.locales ?? present.locales };
  if (!isTimeZone(wanted.timeZone))
    return err(
      failure('INVALID_INPUT', 'timeZone must be a name of the IANA time zone database, such as "Europe/Berlin"', [
        'timeZone',
      ]),
    );
  const locales = wanted.locales.map(canonicalLocale);
  const wrong = locales.indexOf(null);
  if (wrong >= 0)
    return err(failure('INVALID_INPUT', 'A locale is a BCP 47 tag, such as "de-AT"', ['locales', String(wrong)]));
  const defaultLocale = wanted.defaultLocale === null ? null : canonicalLocale(wanted.defaultLocale);
  if (defaultLocale === null && wanted.defaultLocale !== null)
    return err(failure('INVALID_INPUT', 'defaultLocale must be a BCP 47 tag, such as "de-AT"', ['defaultLocale']));
  const all = new Set([defaultLocale ?? PLATFORM_LOCALE, ...locales.filter((locale) => locale !== null)]);
  return ok({ ...wanted, defaultLocale, locales: [...all] });
}

function isTimeZone(name: string): boolean {
  if (!ZONE_NAME.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
