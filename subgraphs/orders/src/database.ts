import type { EntityTables, ReadTransaction, Transaction, UnitOfWork } from '@souk/kit/persistence';
import { OrderNoteEntity, OrderTagEntity } from './annotation/annotation.entity.ts';
import { AttemptCountEntity } from './attempt-limit/attempt-count.entity.ts';
import { PaymentAttemptEntity } from './attempt-limit/payment-attempt.entity.ts';
import { CartEntity, CartLineEntity } from './cart/cart.entity.ts';
import { CheckoutEntity } from './checkout/checkout.entity.ts';
import { DraftOrderEntity } from './draft-order/draft-order.entity.ts';
import { FulfillmentEntity, FulfillmentLineEntity } from './fulfillment/fulfillment.entity.ts';
import {
  InvoiceDueEntity,
  InvoiceEntity,
  InvoiceNumberEntity,
  InvoiceSettingsEntity,
} from './invoice/invoice.entity.ts';
import { OrderCompensationEntity, OrderLineCancellationEntity } from './order/order-compensation.entity.ts';
import { OrderRefundEntity } from './order/order-refund.entity.ts';
import {
  OrderEntity,
  OrderEventEntity,
  OrderLineEntity,
  OrderNumberEntity,
  OrderTermEntity,
} from './order/order.entity.ts';
import { PromotionEntity, PromotionUsageEntity, PromotionUseEntity } from './promotion/promotion.entity.ts';
import { OrderSettingsEntity } from './settings/order-settings.entity.ts';
import {
  ShippingMethodCountryEntity,
  ShippingMethodEntity,
  ShippingMethodPriceEntity,
  ShippingMethodZoneEntity,
} from './shipping-method/shipping-method.entity.ts';
import { ShippingZoneEntity, ShippingZonePlaceEntity } from './shipping-zone/shipping-zone.entity.ts';
import { ReturnEntity, ReturnLineEntity, ReturnPolicyEntity } from './return/return.entity.ts';
import { WishlistEntity, WishlistItemEntity } from './wishlist/wishlist.entity.ts';
import { TaxRateEntity } from './tax/tax-rate.entity.ts';
import { TaxCategoryEntity, TaxSettingsEntity, TaxZoneEntity } from './tax/tax.entity.ts';

/** The MikroORM entities of this subgraph. `tenancy.test.ts` compares them with the migrated database. */
export const entities = [
  CartEntity,
  CartLineEntity,
  WishlistEntity,
  WishlistItemEntity,
  OrderSettingsEntity,
  ShippingMethodEntity,
  ShippingMethodCountryEntity,
  ShippingMethodPriceEntity,
  ShippingMethodZoneEntity,
  ShippingZoneEntity,
  ShippingZonePlaceEntity,
  TaxRateEntity,
  TaxSettingsEntity,
  TaxCategoryEntity,
  TaxZoneEntity,
  PromotionEntity,
  PromotionUsageEntity,
  PromotionUseEntity,
  CheckoutEntity,
  DraftOrderEntity,
  OrderEntity,
  OrderLineEntity,
  OrderEventEntity,
  OrderNumberEntity,
  OrderTermEntity,
  OrderTagEntity,
  OrderNoteEntity,
  OrderCompensationEntity,
  OrderLineCancellationEntity,
  OrderRefundEntity,
  AttemptCountEntity,
  PaymentAttemptEntity,
  FulfillmentEntity,
  FulfillmentLineEntity,
  ReturnEntity,
  ReturnLineEntity,
  ReturnPolicyEntity,
  InvoiceEntity,
  InvoiceSettingsEntity,
  InvoiceNumberEntity,
  InvoiceDueEntity,
];

/** The tables of the entities, for Kysely. */
export type OrdersDatabase = EntityTables<(typeof entities)[number]>;
export type OrdersTransaction = Transaction<OrdersDatabase>;
/** A read-only transaction. */
export type OrdersRead = ReadTransaction<OrdersDatabase>;
export type OrdersUnitOfWork = UnitOfWork<OrdersDatabase>;
