export const CAPTURE_POLICIES = ['AUTOMATIC', 'MANUAL'] as const;
/** AUTOMATIC: the payment is captured when its order is placed. MANUAL: staff capture the payment. */
export type CapturePolicy = (typeof CAPTURE_POLICIES)[number];

/** The settings of a tenant's orders. */
export interface OrderSettings {
  /** ISO 4217. For carts that name no currency. */
  readonly defaultCurrency: string;
  readonly capturePolicy: CapturePolicy;
  /** Prefix of the running number of an order, at most 10 characters. */
  readonly numberPrefix: string;
}

/** The settings of a tenant without a row. */
export const DEFAULT_ORDER_SETTINGS: OrderSettings = {
  defaultCurrency: 'EUR',
  capturePolicy: 'AUTOMATIC',
  numberPrefix: '',
};
