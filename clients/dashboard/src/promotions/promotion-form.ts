import type { PromotionActionType, PromotionDraftInput, PromotionQuery } from '@souk/sdk';

export type ManagedPromotion = NonNullable<PromotionQuery['promotion']>;

/**
 * The form values of a promotion. Amounts are texts such as "15.00 EUR, 15.00 USD". Times are in the browser's time
 * zone.
 */
export interface PromotionForm {
  readonly name: string;
  readonly code: string;
  readonly active: boolean;
  readonly combinable: boolean;
  readonly firstOrderOnly: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly priority: string;
  readonly productIds: readonly string[];
  readonly categoryIds: readonly string[];
  readonly collectionIds: readonly string[];
  readonly customerGroupIds: readonly string[];
  /** The sales channels. The page shows no input for them, and keeps those that are stored. */
  readonly channelIds: readonly string[];
  readonly minQuantity: string;
  readonly minSubtotals: string;
  readonly usageLimit: string;
  readonly usageLimitPerBuyer: string;
  readonly type: PromotionActionType;
  readonly percent: string;
  readonly amounts: string;
  readonly buy: string;
  readonly get: string;
  /** SKU or id of the variant that the promotion adds for free. */
  readonly gift: string;
  readonly quantity: string;
}

export const NEW_PROMOTION: PromotionForm = {
  name: '',
  code: '',
  active: true,
  combinable: true,
  firstOrderOnly: false,
  startsAt: '',
  endsAt: '',
  priority: '0',
  productIds: [],
  categoryIds: [],
  collectionIds: [],
  customerGroupIds: [],
  channelIds: [],
  minQuantity: '1',
  minSubtotals: '',
  usageLimit: '',
  usageLimitPerBuyer: '',
  type: 'PERCENTAGE',
  percent: '',
  amounts: '',
  buy: '',
  get: '',
  gift: '',
  quantity: '1',
};

/** Converts a stored promotion to form values. */
export function formOf({ action, ...promotion }: ManagedPromotion): PromotionForm {
  const { name, active, combinable, firstOrderOnly } = promotion;
  const { productIds, categoryIds, collectionIds, customerGroupIds, channelIds } = promotion;
  return {
    name,
    active,
    combinable,
    firstOrderOnly,
    productIds,
    categoryIds,
    collectionIds,
    customerGroupIds,
    channelIds,
    code: promotion.code ?? '',
    startsAt: localTime(promotion.startsAt),
    endsAt: localTime(promotion.endsAt),
    priority: String(promotion.priority),
    minQuantity: String(promotion.minQuantity),
    minSubtotals: amountsText(promotion.minSubtotals),
    usageLimit: String(promotion.usageLimit ?? ''),
    usageLimitPerBuyer: String(promotion.usageLimitPerBuyer ?? ''),
    type: action.type,
    percent: action.percent ?? '',
    amounts: amountsText(action.amounts),
    buy: String(action.buy ?? ''),
    get: String(action.get ?? ''),
    gift: action.variantId ?? '',
    quantity: String(action.quantity ?? 1),
  };
}

/** Converts form values to the API's settings. @param giftVariantId the id of the variant in `gift` */
export function settingsOf(form: PromotionForm, giftVariantId: string | null) {
  const { name, active, combinable, firstOrderOnly } = form;
  const { productIds, categoryIds, collectionIds, customerGroupIds, channelIds } = form;
  return {
    name,
    active,
    combinable,
    firstOrderOnly,
    productIds: [...productIds],
    categoryIds: [...categoryIds],
    collectionIds: [...collectionIds],
    customerGroupIds: [...customerGroupIds],
    channelIds: [...channelIds],
    code: form.code.trim() || null,
    startsAt: utcTime(form.startsAt),
    endsAt: utcTime(form.endsAt),
    priority: Number(form.priority),
    minQuantity: Number(form.minQuantity),
    minSubtotals: amountsOf(form.minSubtotals),
    usageLimit: numberOf(form.usageLimit),
    usageLimitPerBuyer: firstOrderOnlyLimit(form),
    action: actionOf(form, giftVariantId),
  } satisfies PromotionDraftInput;
}

function firstOrderOnlyLimit({ firstOrderOnly, usageLimitPerBuyer }: PromotionForm): number | null {
  return firstOrderOnly ? 1 : numberOf(usageLimitPerBuyer);
}

function actionOf({ type, ...form }: PromotionForm, giftVariantId: string | null): PromotionDraftInput['action'] {
  switch (type) {
    case 'PERCENTAGE':
      return { type, percent: form.percent.trim().replace(',', '.') };
    case 'AMOUNT':
    case 'UNIT_PRICE':
      return { type, amounts: amountsOf(form.amounts) };
    case 'BUY_X_GET_Y':
      return { type, buy: Number(form.buy), get: Number(form.get) };
    case 'GIFT':
      return { type, variantId: giftVariantId, quantity: Number(form.quantity) };
    case 'FREE_SHIPPING':
      return { type };
  }
}

/** Whether a text is a list of amounts with currencies: "15.00 EUR, 15.00 USD". */
export function isAmounts(text: string): boolean {
  return parts(text).every((part) => /^\d{1,12}([.]\d{1,6})?\s+[A-Za-z]{3}$/.test(part));
}

function amountsOf(text: string) {
  return parts(text).map((part) => {
    const [amount = '', currency = ''] = part.split(/\s+/);
    return { amount, currencyCode: currency.toUpperCase() };
  });
}

function amountsText(amounts: readonly { readonly amount: string; readonly currencyCode: string }[]): string {
  return amounts.map(({ amount, currencyCode }) => `${amount} ${currencyCode}`).join(', ');
}

function parts(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** Whether a text is a positive integer. @param isOptional whether the text may be empty */
export function isCount(text: string, isOptional: boolean): boolean {
  return text.trim() === '' ? isOptional : /^[1-9]\d{0,8}$/.test(text.trim());
}

function numberOf(text: string): number | null {
  return text.trim() === '' ? null : Number(text);
}

/** Converts an ISO 8601 time to the value of an input of the type `datetime-local`. */
function localTime(iso: string | null): string {
  if (iso === null) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function utcTime(local: string): string | null {
  return local === '' ? null : new Date(local).toISOString();
}

const FIELD_OF_MEMBER: Readonly<Record<string, keyof PromotionForm>> = { variantId: 'gift' };

/** The form field that a user error refers to. Null when the error concerns the entire promotion. */
export function fieldOfRefusal(path: readonly string[]): keyof PromotionForm | null {
  const [member = ''] = path.filter((each) => each !== 'settings' && each !== 'action');
  const field = FIELD_OF_MEMBER[member] ?? member;
  return field in NEW_PROMOTION ? (field as keyof PromotionForm) : null;
}

export const PROMOTION_STATES = ['ACTIVE', 'SCHEDULED', 'ENDED', 'USED_UP', 'OFF'] as const;
export type PromotionState = (typeof PROMOTION_STATES)[number];

/** The state of a promotion: active, or the reason why carts do not use it. @param now milliseconds since 1970 */
export function stateOf(
  {
    active,
    startsAt,
    endsAt,
    usageLimit,
    uses,
  }: Pick<ManagedPromotion, 'active' | 'startsAt' | 'endsAt' | 'usageLimit' | 'uses'>,
  now: number,
): PromotionState {
  if (!active) return 'OFF';
  if (startsAt !== null && Date.parse(startsAt) > now) return 'SCHEDULED';
  if (endsAt !== null && Date.parse(endsAt) <= now) return 'ENDED';
  return usageLimit !== null && (uses ?? 0) >= usageLimit ? 'USED_UP' : 'ACTIVE';
}

/** The fields in which the form differs from the saved promotion. */
export function differingFields(mine: PromotionForm, theirs: PromotionForm): readonly (keyof PromotionForm)[] {
  const fields = Object.keys(NEW_PROMOTION) as (keyof PromotionForm)[];
  return fields.filter((field) => String(mine[field]) !== String(theirs[field]));
}

/** Parses the lines of a preview cart. "LAMP 2" means two units of the SKU LAMP. "LAMP" means one unit. */
export function previewLines(text: string): readonly { readonly sku: string; readonly quantity: number }[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [, sku = line, quantity = '1'] = /^(.+?)\s+(\d{1,5})$/.exec(line) ?? [];
      return { sku, quantity: Number(quantity) };
    });
}
