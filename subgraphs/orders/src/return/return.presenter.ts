import { presentMoney } from '@souk/kit/graphql';
import type { StoredReturn } from './return.repository.ts';
import type { ReturnType } from './return.types.ts';

export function presentReturn({ refund, settledAt, ...found }: StoredReturn): ReturnType {
  return { ...found, refund: refund && { amount: presentMoney(refund), settledAt } };
}

export function presentPayload(found: StoredReturn) {
  return { return: presentReturn(found) };
}
