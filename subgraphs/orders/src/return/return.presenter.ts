import type { Money } from '@souk/kit/domain';
import { presentMoney } from '@souk/kit/graphql';
import { presentTaxes } from '../tax/tax.presenter.ts';
import type { TaxedAmount } from '../tax/tax.ts';
import type { StoredReturn } from './return.repository.ts';
import type { ReturnType } from './return.types.ts';

export function presentReturn({ refund, refundParts, settledAt, ...found }: StoredReturn): ReturnType {
  return { ...found, refund: refund && { ...presentRefund(refund, refundParts), settledAt } };
}

function presentRefund(refund: Money, parts: readonly TaxedAmount[] | null) {
  const amount = presentMoney(refund);
  return parts === null ? { amount, total: null, taxLines: [] } : { amount, ...presentTaxes(parts, refund) };
}

export function presentPayload(found: StoredReturn) {
  return { return: presentReturn(found) };
}
