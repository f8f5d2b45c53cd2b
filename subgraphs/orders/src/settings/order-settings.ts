export const CAPTURE_POLICIES = ['AUTOMATIC', 'MANUAL'] as const;
/** When a payment is captured. AUTOMATIC: when its order is placed. MANUAL: when staff capture it. */
export type CapturePolicy = (typeof CAPTURE_POLICIES)[number];

/** The settings of orders that a tenant can change. */
export interface OrderSettings {
  /** The currency (ISO 4217) of a cart when the request does not contain one. */
  readonly defaultCurrency: string;
  readonly capturePolicy: CapturePolicy;
  /** The prefix of order numbers, with at most 10 characters. */
  readonly numberPrefix: string;
}

/** The settings of a tenant that has not changed them. */
export const DEFAULT_ORDER_SETTINGS: OrderSettings = {
  defaultCurrency: 'EUR',
  capturePolicy: 'AUTOMATIC',
  numberPrefix: '',
};
