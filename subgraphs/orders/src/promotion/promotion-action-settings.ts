import {
  decimalAmount,
  err,
  failure,
  isDecimal,
  MAX_PRICE_MINOR,
  money,
  ok,
  parseScaled,
  UNIT_PRICE_SCALE,
  type Failure,
  type Result,
} from '@souk/kit/domain';
import { enteredMinor } from '../entered-amount.ts';
import type { CurrencyAmount, PromotionAction, PromotionActionType } from './promotion.ts';

/** An amount that staff entered: a decimal string and a currency. */
export interface AmountDraft {
  readonly currencyCode: string;
  readonly amount: string;
}

/** The action of a promotion as staff entered it. Each type requires its own members. Members of other types are refused. */
export interface PromotionActionDraft {
  readonly type: PromotionActionType;
  /** Only for PERCENTAGE. More than 0, at most 100, with at most two decimal places. */
  readonly percent?: string | null;
  /** Only for AMOUNT and UNIT_PRICE. One amount for each currency in which the promotion applies. */
  readonly amounts?: readonly AmountDraft[] | null;
  /** Only for BUY_X_GET_Y: buyers pay for `buy` units and get `get` more units for free. */
  readonly buy?: number | null;
  readonly get?: number | null;
  /** Only for GIFT. */
  readonly variantId?: string | null;
  /** Only for GIFT. The number of units. @default 1 */
  readonly quantity?: number | null;
}

type Member = Exclude<keyof PromotionActionDraft, 'type'>;
const ALL_MEMBERS: readonly Member[] = ['percent', 'amounts', 'buy', 'get', 'variantId', 'quantity'];
const OPTIONAL_MEMBERS: readonly Member[] = ['quantity'];
const MEMBERS: Readonly<Record<PromotionActionType, readonly Member[]>> = {
  PERCENTAGE: ['percent'],
  AMOUNT: ['amounts'],
  UNIT_PRICE: ['amounts'],
  BUY_X_GET_Y: ['buy', 'get'],
  FREE_SHIPPING: [],
  GIFT: ['variantId', 'quantity'],
};

/** Validates the action of a draft. Each failure has the path of the wrong member. */
export function actionOf(draft: PromotionActionDraft): Result<PromotionAction, readonly Failure[]> {
  const isSet = (member: Member) => draft[member] !== null && draft[member] !== undefined;
  const members = MEMBERS[draft.type];
  const missing = members.filter((member) => !isSet(member) && !OPTIONAL_MEMBERS.includes(member));
  const needless = ALL_MEMBERS.filter((member) => isSet(member) && !members.includes(member));
  const failures = [
    ...missing.map((member) => failure('INVALID_INPUT', `${draft.type} needs ${member}`, ['action', member])),
    ...needless.map((member) => failure('INVALID_INPUT', `${draft.type} has no ${member}`, ['action', member])),
  ];
  return failures.length > 0 ? err(failures) : checkedAction(draft);
}

function checkedAction({
  type,
  percent,
  amounts,
  buy,
  get,
  variantId,
  quantity,
}: PromotionActionDraft): Result<PromotionAction, readonly Failure[]> {
  switch (type) {
    case 'PERCENTAGE': {
      const points = percentPoints(percent ?? '');
      return points === null ? err([percentInvalid()]) : ok({ type, basisPoints: points });
    }
    case 'AMOUNT': {
      const checked = amountsOf(amounts ?? [], ['action', 'amounts'], 1);
      return checked.ok ? ok({ type, amounts: checked.value }) : checked;
    }
    case 'UNIT_PRICE': {
      const path = ['action', 'amounts'];
      const failures = [...emptyFailures(amounts ?? [], path), ...repeatedFailures(amounts ?? [], path)];
      const wrong = (amounts ?? []).flatMap((price, index) =>
        isUnitPrice(price.amount) ? [] : [amountInvalid(price.currencyCode, [...path, String(index), 'amount'])],
      );
      if (failures.length + wrong.length > 0) return err([...failures, ...wrong]);
      return ok({
        type,
        prices: (amounts ?? []).map(({ currencyCode, amount }) => ({ currency: currencyCode, amount })),
      });
    }
    case 'BUY_X_GET_Y':
      return ok({ type, buy: buy ?? 1, get: get ?? 1 });
    case 'FREE_SHIPPING':
      return ok({ type });
    case 'GIFT':
      return ok({ type, variantId: variantId ?? '', quantity: quantity ?? 1 });
  }
}

/** The percentage in basis points. Null when the text is not a percentage. */
function percentPoints(percent: string): number | null {
  if (!isDecimal(percent)) return null;
  const scaled = parseScaled(percent, UNIT_PRICE_SCALE);
  const perPoint = 10n ** BigInt(UNIT_PRICE_SCALE - 2);
  const points = Number(scaled / perPoint);
  return scaled % perPoint === 0n && points > 0 && points <= 10_000 ? points : null;
}

function percentInvalid(): Failure {
  const rule = 'percent takes a number from 0.01 to 100 with at most two decimal places, such as "15"';
  return failure('INVALID_INPUT', rule, ['action', 'percent']);
}

/**
 * Validates amounts. There may be one amount for each currency.
 * @param path the path of the list in the input
 * @param least the lowest allowed amount in minor units @default 0
 */
export function amountsOf(
  drafts: readonly AmountDraft[],
  path: readonly string[],
  least = 0,
): Result<CurrencyAmount[], readonly Failure[]> {
  const amounts = drafts.map(({ currencyCode, amount }) => enteredMinor(amount, currencyCode));
  const failures = [
    ...(least > 0 ? emptyFailures(drafts, path) : []),
    ...repeatedFailures(drafts, path),
    ...drafts.flatMap(({ currencyCode }, index) =>
      (amounts[index] ?? -1) >= least ? [] : [amountInvalid(currencyCode, [...path, String(index), 'amount'])],
    ),
  ];
  if (failures.length > 0) return err(failures);
  return ok(drafts.map(({ currencyCode }, index) => ({ currency: currencyCode, amountMinor: amounts[index] ?? 0 })));
}

function isUnitPrice(amount: string): boolean {
  return isDecimal(amount) && !amount.startsWith('-') && parseScaled(amount, UNIT_PRICE_SCALE) <= HIGHEST_UNIT_PRICE;
}

/** One billion units of any currency. */
const HIGHEST_UNIT_PRICE = 10n ** BigInt(9 + UNIT_PRICE_SCALE);

function amountInvalid(currency: string, field: readonly string[]): Failure {
  const highest = decimalAmount(money(MAX_PRICE_MINOR, currency));
  return failure('INVALID_INPUT', `An amount in ${currency} is 0 to ${highest}, and a discount is more than 0`, field);
}

function emptyFailures(drafts: readonly AmountDraft[], path: readonly string[]): Failure[] {
  return drafts.length > 0 ? [] : [failure('INVALID_INPUT', 'Enter an amount for at least one currency', path)];
}

function repeatedFailures(drafts: readonly AmountDraft[], path: readonly string[]): Failure[] {
  return drafts.flatMap(({ currencyCode }, index) => {
    if (drafts.findIndex((each) => each.currencyCode === currencyCode) === index) return [];
    return [failure('INVALID_INPUT', `There are two amounts in ${currencyCode}`, [...path, String(index)])];
  });
}

/** Converts a stored amount to the form that staff enter. */
export function amountDraftOf({ currency, amountMinor }: CurrencyAmount): AmountDraft {
  return { currencyCode: currency, amount: decimalAmount(money(amountMinor, currency)) };
}

/** Converts a stored action to the form that staff enter. */
export function actionDraftOf(action: PromotionAction): PromotionActionDraft {
  switch (action.type) {
    case 'PERCENTAGE':
      return { type: action.type, percent: (action.basisPoints / 100).toFixed(2) };
    case 'AMOUNT':
      return { type: action.type, amounts: action.amounts.map(amountDraftOf) };
    case 'UNIT_PRICE':
      return {
        type: action.type,
        amounts: action.prices.map(({ currency, amount }) => ({ currencyCode: currency, amount })),
      };
    case 'BUY_X_GET_Y':
    case 'FREE_SHIPPING':
    case 'GIFT':
      return action;
  }
}
