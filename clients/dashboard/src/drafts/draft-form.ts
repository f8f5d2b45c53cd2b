import type { DraftOrderLineInput, DraftOrderShowQuery, DraftOrderUpdateInput, PostalAddressInput } from '@souk/sdk';

export type DraftOrder = NonNullable<DraftOrderShowQuery['draftOrder']>;

/**
 * The source of a line's price: the catalog, a price that staff entered, or a discount in percent that staff entered.
 */
export const PRICINGS = ['CATALOG', 'PRICE', 'DISCOUNT'] as const;
export type Pricing = (typeof PRICINGS)[number];

/** The texts of one line of the form. */
export interface LineTexts {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: string;
  readonly pricing: Pricing;
  /** The price or the percentage that staff entered. */
  readonly value: string;
  readonly reason: string;
}

export const ADDRESS_FIELDS = ['name', 'line1', 'line2', 'postalCode', 'city', 'region', 'phone'] as const;
export type AddressField = (typeof ADDRESS_FIELDS)[number];
export type AddressTexts = Readonly<Record<AddressField | 'countryCode', string>>;

export interface DraftForm {
  readonly lines: readonly LineTexts[];
  readonly email: string;
  readonly address: AddressTexts;
  /** Empty when no shipping method is chosen. */
  readonly shippingMethodId: string;
}

/** The fields of an address that may stay empty. */
export const OPTIONAL_FIELDS: readonly AddressField[] = ['line2', 'region', 'postalCode', 'phone'];

/** The texts of an empty form. */
export function newDraft(countryCode: string): DraftForm {
  const texts = Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, ''])) as Record<AddressField, string>;
  return { lines: [], email: '', address: { ...texts, countryCode }, shippingMethodId: '' };
}

/**
 * Converts a draft order to the form's texts. The form does not contain the gifts of promotions, because the server
 * adds them.
 */
export function formOf({ cart }: DraftOrder, countryCode: string): DraftForm {
  const { shippingAddress } = cart;
  const empty = newDraft(countryCode);
  const texts = ADDRESS_FIELDS.map((field) => [field, shippingAddress?.[field] ?? '']);
  return {
    lines: cart.lines.filter(({ isGift }) => !isGift).flatMap((line) => lineOf(line) ?? []),
    email: cart.email ?? '',
    address: {
      ...empty.address,
      ...Object.fromEntries(texts),
      ...(shippingAddress && { countryCode: shippingAddress.countryCode }),
    },
    shippingMethodId: cart.shippingMethod?.id ?? '',
  };
}

type CartLine = DraftOrder['cart']['lines'][number];

/** Null when the variant was deleted, because such a line can no longer be ordered. */
function lineOf({ variant, sku, name, options, quantity, staffPrice }: CartLine): LineTexts | null {
  if (!variant) return null;
  const values = options.map(({ value }) => value).join(' / ');
  return {
    variantId: variant.id,
    sku,
    name: [name, values].filter(Boolean).join(', '),
    quantity: String(quantity),
    pricing: staffPrice?.discountPercent ? 'DISCOUNT' : staffPrice ? 'PRICE' : 'CATALOG',
    value: staffPrice?.discountPercent ?? staffPrice?.unitPrice?.amount ?? '',
    reason: staffPrice?.reason ?? '',
  };
}

/** The lines as the input of a mutation. */
export function linesInput(form: DraftForm): DraftOrderLineInput[] {
  return form.lines.map(({ variantId, quantity, pricing, value, reason }) => {
    const amount = value.trim().replace(',', '.');
    return {
      variantId,
      quantity: Number(quantity),
      ...(pricing === 'PRICE' && { unitPrice: amount }),
      ...(pricing === 'DISCOUNT' && { discountPercent: amount }),
      ...(pricing !== 'CATALOG' && { priceReason: reason.trim() }),
    };
  });
}

/** Whether the form has an address: at least one field besides the country has a text. */
export function hasAddress({ address }: DraftForm): boolean {
  return ADDRESS_FIELDS.some((field) => address[field].trim() !== '');
}

/** The buyer, the address and the shipping method as the input of a mutation. */
export function buyerInput(
  form: DraftForm,
): Pick<DraftOrderUpdateInput, 'email' | 'shippingAddress' | 'shippingMethodId'> {
  return {
    email: form.email.trim() || null,
    shippingAddress: hasAddress(form) ? addressInput(form.address) : null,
    // The available methods depend on the address, so a form without an address has no shipping method.
    shippingMethodId: hasAddress(form) ? form.shippingMethodId || null : null,
  };
}

function addressInput(address: AddressTexts): PostalAddressInput {
  const text = (field: AddressField) => address[field].trim();
  const optional = (field: AddressField) => text(field) || null;
  return {
    name: text('name'),
    line1: text('line1'),
    line2: optional('line2'),
    city: text('city'),
    region: optional('region'),
    postalCode: optional('postalCode'),
    countryCode: address.countryCode,
    phone: optional('phone'),
  };
}

export type DraftFieldPath =
  | 'email'
  | 'shippingMethodId'
  | `address.${AddressField | 'countryCode'}`
  | `lines.${number}.${'quantity' | 'value' | 'reason'}`;

/** The form's field for the field path of a refusal. Null when the form has no such field. */
export function fieldOfRefusal(path: readonly string[]): DraftFieldPath | null {
  const [first, second = '', third = ''] = path;
  if (first === 'email' || first === 'shippingMethodId') return first;
  if (first === 'shippingAddress') {
    const field = [...ADDRESS_FIELDS, 'countryCode' as const].find((each) => each === second);
    return field ? `address.${field}` : null;
  }
  if (first !== 'lines') return null;
  const name = { unitPrice: 'value', discountPercent: 'value', priceReason: 'reason' }[third] ?? 'quantity';
  return `lines.${Number(second)}.${name as 'quantity' | 'value' | 'reason'}`;
}

/** Whether a text is a decimal number with point or comma, as a price or a percentage needs it. */
export function isAmount(text: string): boolean {
  return /^\d{1,10}([.,]\d{1,6})?$/.test(text.trim());
}

/** Whether a text is a number of units: 1 to 10,000. */
export function isQuantity(text: string): boolean {
  return /^\d{1,5}$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 10_000;
}
