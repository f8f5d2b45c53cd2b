import type { ShippingZoneCreateInput } from '@souk/sdk';
import type { ShippingZone } from './use-shipping.ts';

/** The texts of an area. An empty country code matches every country. */
export interface AreaTexts {
  readonly countryCode: string;
  readonly region: string;
  /** Patterns, separated by commas or line breaks. */
  readonly postalPatterns: string;
}

export interface ZoneForm {
  readonly code: string;
  readonly name: string;
  readonly areas: readonly AreaTexts[];
}

export const NEW_AREA: AreaTexts = { countryCode: '', region: '', postalPatterns: '' };
export const NEW_ZONE: ZoneForm = { code: '', name: '', areas: [NEW_AREA] };

/** Converts a zone to the form's texts. */
export function zoneFormOf({ code, name, areas }: ShippingZone): ZoneForm {
  return {
    code,
    name,
    areas: areas.map(({ countryCode, region, postalPatterns }) => ({
      countryCode: countryCode ?? '',
      region: region ?? '',
      postalPatterns: postalPatterns.join(', '),
    })),
  };
}

/** The form as the input of a mutation, without the code, which cannot be changed. */
export function zoneInput({ name, areas }: ZoneForm): Pick<ShippingZoneCreateInput, 'name' | 'areas'> {
  return {
    name: name.trim(),
    areas: areas.map(({ countryCode, region, postalPatterns }) => ({
      countryCode: countryCode || null,
      region: region.trim() || null,
      postalPatterns: postalPatterns
        .split(/[,\n]/)
        .map((pattern) => pattern.trim())
        .filter((pattern) => pattern !== ''),
    })),
  };
}

export type ZoneFieldPath = 'code' | 'name' | `areas.${number}.${keyof AreaTexts}`;

/** The form's field for the field path of a refusal. Null when the form has no such field. */
export function zoneFieldOf([first, index, name]: readonly string[]): ZoneFieldPath | null {
  if (first === 'code' || first === 'name') return first;
  if (first !== 'areas' || index === undefined) return null;
  const field = (['countryCode', 'region', 'postalPatterns'] as const).find((each) => each === name);
  return `areas.${Number(index)}.${field ?? 'countryCode'}`;
}
