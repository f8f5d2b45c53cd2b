import { err, ok, type Result } from '@souk/kit/domain';
import { validate as austria } from 'stdnum/lib/cjs/at/uid.js';
import { validate as belgium } from 'stdnum/lib/cjs/be/vat.js';
import { validate as bulgaria } from 'stdnum/lib/cjs/bg/vat.js';
import { validate as cyprus } from 'stdnum/lib/cjs/cy/vat.js';
import { validate as czechia } from 'stdnum/lib/cjs/cz/dic.js';
import { validate as germany } from 'stdnum/lib/cjs/de/vat.js';
import { validate as denmark } from 'stdnum/lib/cjs/dk/cvr.js';
import { validate as estonia } from 'stdnum/lib/cjs/ee/kmkr.js';
import { validate as spain } from 'stdnum/lib/cjs/es/nif.js';
import { validate as finland } from 'stdnum/lib/cjs/fi/alv.js';
import { validate as france } from 'stdnum/lib/cjs/fr/tva.js';
import { validate as greece } from 'stdnum/lib/cjs/gr/vat.js';
import { validate as croatia } from 'stdnum/lib/cjs/hr/oib.js';
import { validate as hungary } from 'stdnum/lib/cjs/hu/anum.js';
import { validate as ireland } from 'stdnum/lib/cjs/ie/vat.js';
import { validate as italy } from 'stdnum/lib/cjs/it/iva.js';
import { validate as lithuania } from 'stdnum/lib/cjs/lt/pvm.js';
import { validate as luxembourg } from 'stdnum/lib/cjs/lu/tva.js';
import { validate as latvia } from 'stdnum/lib/cjs/lv/pvn.js';
import { validate as malta } from 'stdnum/lib/cjs/mt/vat.js';
import { validate as netherlands } from 'stdnum/lib/cjs/nl/btw.js';
import { validate as poland } from 'stdnum/lib/cjs/pl/nip.js';
import { validate as portugal } from 'stdnum/lib/cjs/pt/nif.js';
import { validate as romania } from 'stdnum/lib/cjs/ro/cif.js';
import { validate as sweden } from 'stdnum/lib/cjs/se/vat.js';
import { validate as slovenia } from 'stdnum/lib/cjs/si/ddv.js';
import { validate as slovakia } from 'stdnum/lib/cjs/sk/dph.js';

/** A VAT identification number of an EU country. */
export interface VatId {
  /** In upper case with the prefix, without spaces: "DE129274202". */
  readonly text: string;
  /** The country code (ISO 3166-1 alpha-2). It is GR for the prefix EL. */
  readonly countryCode: string;
}

/** Why a text is not a VAT id. PREFIX: it does not begin with a prefix of the EU. NUMBER: the format or a check digit is wrong. */
export type VatIdProblem = 'PREFIX' | 'NUMBER';

type Validate = (number: string) => { readonly isValid: boolean };

/** The validators by prefix. Greece has the prefix EL. */
const CHECKS: ReadonlyMap<string, Validate> = new Map(
  Object.entries({
    AT: austria,
    BE: belgium,
    BG: bulgaria,
    CY: cyprus,
    CZ: czechia,
    DE: germany,
    DK: denmark,
    EE: estonia,
    EL: greece,
    ES: spain,
    FI: finland,
    FR: france,
    HR: croatia,
    HU: hungary,
    IE: ireland,
    IT: italy,
    LT: lithuania,
    LU: luxembourg,
    LV: latvia,
    MT: malta,
    NL: netherlands,
    PL: poland,
    PT: portugal,
    RO: romania,
    SE: sweden,
    SI: slovenia,
    SK: slovakia,
  }),
);

/** The member states of the EU (ISO 3166-1 alpha-2). */
export const EU_COUNTRIES: ReadonlySet<string> = new Set([...CHECKS.keys()].map(countryOf));

/** Ids of natural persons. stdnum 1.12.0 rejects some valid ids of this kind, so only the format is checked. */
const FORMAT_ONLY = /^(BG\d{10}|CZ6\d{8})$/;

/**
 * Parses a VAT id in any letter case, with or without spaces, dots and hyphens. Checks the format and the check digits of its country. Does
 * not check whether the id is registered, because that would need a request to an external service.
 */
export function readVatId(entered: string): Result<VatId, VatIdProblem> {
  const text = entered.replace(/[\s.\-/]/g, '').toUpperCase();
  const prefix = text.slice(0, 2);
  const validate = CHECKS.get(prefix);
  if (!validate) return err('PREFIX');
  // The validators also accept numbers without a prefix. The pattern ensures that the prefix has two letters.
  const isValid = FORMAT_ONLY.test(text) || (/^[A-Z]{2}[0-9A-Z+*]{2,12}$/.test(text) && validate(text).isValid);
  return isValid ? ok({ text, countryCode: countryOf(prefix) }) : err('NUMBER');
}

/** The country code of a VAT id or of its prefix. */
function countryOf(vatId: string): string {
  const prefix = vatId.slice(0, 2);
  return prefix === 'EL' ? 'GR' : prefix;
}

/**
 * Whether the buyer pays the tax to the authority (reverse charge, articles 138 and 194 to 196 of Directive 2006/112/EC). Three conditions:
 * the seller is in the EU, the goods are shipped to another EU country, and the buyer has a VAT id of an EU country other than the
 * seller's.
 */
export function isReverseCharge(sellerCountry: string | null, destination: string, vatId: string | null): boolean {
  if (sellerCountry === null || vatId === null) return false;
  const places = [sellerCountry, destination, countryOf(vatId)];
  return places.every((country) => EU_COUNTRIES.has(country)) && !places.slice(1).includes(sellerCountry);
}
