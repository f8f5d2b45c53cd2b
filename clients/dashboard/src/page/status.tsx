import { StatusPill } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';
import type { en } from '../i18n/en.ts';
import { toneOf } from './tones.ts';

type KeyOf<Prefix extends string> = Extract<keyof typeof en, `${Prefix}.${string}`>;
type ValueOf<Prefix extends string> = KeyOf<Prefix> extends `${Prefix}.${infer Value}` ? Value : never;

export interface StatusProps<Prefix extends string> {
  /** The prefix of the translation keys for this kind of status, such as `order.paymentStatus`. */
  readonly of: Prefix;
  readonly value: ValueOf<Prefix>;
}

type Prefixes =
  | 'order.status'
  | 'order.paymentStatus'
  | 'order.fulfillmentStatus'
  | 'fulfillment.status'
  | 'payment.status'
  | 'return.status'
  | 'review.status'
  | 'promotion.state'
  | 'import.status';

/** A translated status in its color. */
export function Status<Prefix extends Prefixes>({ of, value }: StatusProps<Prefix>) {
  const { t } = useI18n();
  return <StatusPill tone={toneOf(value)}>{t(`${of}.${value}` as KeyOf<Prefix>)}</StatusPill>;
}
