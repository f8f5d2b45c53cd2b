/** The address of a delivery or an invoice. The inputs check the lengths. The texts are stored as the caller wrote them. */
export interface Address {
  readonly name: string;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  /** The postal code. Null when the country has no postal codes. */
  readonly postalCode: string | null;
  /** The country code (ISO 3166-1 alpha-2). */
  readonly countryCode: string;
  readonly phone: string | null;
}
