import {
  currencyProblem,
  err,
  failure,
  isCurrencyCode,
  ok,
  type CurrencyCode,
  type Failure,
  type Result,
} from '@souk/kit/domain';
import { codeInvalid, isCode } from '../code.ts';
import type { PriceListConditions } from '../pricing/price-selection.ts';

/** The settings of a price list after the checks of `configurePriceList`. */
export interface PriceListSettings extends PriceListConditions {
  readonly code: string;
  readonly name: string;
  /** The currency of all prices in the price list. It never changes. */
  readonly currency: CurrencyCode;
  readonly priority: number;
  /** Whether the prices include the tax. When null, the shop's setting applies. It never changes. */
  readonly pricesIncludeTax: boolean | null;
}

/** The settings of a price list as staff enter them. */
export interface PriceListDraft {
  readonly code: string;
  readonly name: string;
  readonly currency: CurrencyCode;
  /** The customer groups to which the price list applies. @default every buyer */
  readonly groupIds?: readonly string[] | null;
  /** The companies to whose members the price list applies. @default every buyer */
  readonly companyIds?: readonly string[] | null;
  /** The sales channels in which the price list applies. @default every channel */
  readonly channelIds?: readonly string[] | null;
  /** The countries of delivery to which the price list applies. @default every country */
  readonly countryCodes?: readonly string[] | null;
  readonly startsAt?: Date | null;
  readonly endsAt?: Date | null;
  /** @default 0 */
  readonly priority?: number | null;
  /** @default true */
  readonly active?: boolean | null;
  /** @default null, so the shop's setting applies */
  readonly pricesIncludeTax?: boolean | null;
}

/** Checks a draft. Each failure has the path of a wrong field. */
export function configurePriceList(draft: PriceListDraft): Result<PriceListSettings, readonly Failure[]> {
  const { code, name, currency, startsAt = null, endsAt = null } = draft;
  const failures = [
    ...(isCode(code) ? [] : [codeInvalid()]),
    ...(isCurrencyCode(currency) ? [] : [failure('INVALID_INPUT', currencyProblem(currency), ['currencyCode'])]),
    ...(startsAt && endsAt && endsAt <= startsAt ? [endsTooEarly()] : []),
  ];
  if (failures.length > 0) return err(failures);
  return ok({
    code,
    name,
    currency,
    startsAt,
    endsAt,
    groupIds: distinct((draft.groupIds ?? []).map((id) => id.toLowerCase())),
    companyIds: distinct((draft.companyIds ?? []).map((id) => id.toLowerCase())),
    channelIds: distinct((draft.channelIds ?? []).map((id) => id.toLowerCase())),
    countryCodes: distinct((draft.countryCodes ?? []).map((country) => country.toUpperCase())),
    priority: draft.priority ?? 0,
    active: draft.active ?? true,
    pricesIncludeTax: draft.pricesIncludeTax ?? null,
  });
}

const distinct = (values: readonly string[]) => [...new Set(values)].toSorted();

function endsTooEarly(): Failure {
  return failure('INVALID_INPUT', 'endsAt is not after startsAt: choose a later end or an earlier start', ['endsAt']);
}
