import { handleNodeLookup } from '@souk/kit/contracts';
import { defineSubgraph, type SubgraphDefinition, type SubgraphDependencies } from '@souk/kit/runtime';
import { AnnotationResolver } from './annotation/annotation.resolver.ts';
import { AnnotationService } from './annotation/annotation.service.ts';
import { cartClasses, createCarts } from './cart/cart.assembly.ts';
import { checkoutClasses, createCheckouts } from './checkout/checkout.assembly.ts';
import { checkoutSubscriber } from './checkout/checkout.subscriber.ts';
import { FindOrdersNode } from './contract.ts';
import { createDraftOrders, draftOrderClasses } from './draft-order/draft-order.assembly.ts';
import { entities, type OrdersDatabase } from './database.ts';
import { ordersManifest, type OrdersSettings } from './manifest.ts';
import { PromotionPreviewResolver } from './promotion-preview/promotion-preview.resolver.ts';
import { PromotionPreviews } from './promotion-preview/promotion-preview.service.ts';
import { createOrders, orderClasses } from './order/order.assembly.ts';
import { createReturns, returnClasses } from './return/return.assembly.ts';
import { createInvoiceFiles, invoiceFileClasses } from './invoice-file/invoice-file.assembly.ts';
import { EInvoiceResolver } from './e-invoice/e-invoice.resolver.ts';
import { EInvoices } from './e-invoice/e-invoice.service.ts';
import { createInvoices, invoiceClasses } from './invoice/invoice.assembly.ts';
import { tenantCurrency } from './settings/tenant-currency.subscriber.ts';
import { ShippingPreviewResolver } from './shipping-preview/shipping-preview.resolver.ts';
import { ShippingPreviews } from './shipping-preview/shipping-preview.service.ts';
import { userErrorClasses } from './user-errors.ts';
import { WishlistResolver } from './wishlist/wishlist.resolver.ts';
import { WishlistService } from './wishlist/wishlist.service.ts';

export type { OrdersSettings } from './manifest.ts';

/** The services that the composition root calls, for instance to import the demo data. */
export type OrdersServices = ReturnType<typeof createSubgraph>['services'];

export const orders: SubgraphDefinition<OrdersDatabase, OrdersSettings, OrdersServices> = defineSubgraph({
  manifest: ordersManifest,
  entities,
  graphql: {
    resolvers: [
      ...cartClasses.resolvers,
      PromotionPreviewResolver,
      ShippingPreviewResolver,
      ...checkoutClasses.resolvers,
      ...orderClasses.resolvers,
      AnnotationResolver,
      ...draftOrderClasses.resolvers,
      ...returnClasses.resolvers,
      ...invoiceClasses.resolvers,
      ...invoiceFileClasses.resolvers,
      EInvoiceResolver,
      WishlistResolver,
    ],
    orphanedTypes: [...cartClasses.orphanedTypes, ...orderClasses.orphanedTypes, ...userErrorClasses],
  },
  create: createSubgraph,
});

function createSubgraph(dependencies: SubgraphDependencies<OrdersDatabase, OrdersSettings>) {
  const { settings } = dependencies;
  const carts = createCarts(dependencies);
  const previews = new PromotionPreviews(dependencies.unitOfWork, carts.offers, dependencies.clock);
  const placed = createOrders(dependencies, { ...settings, carts: carts.service });
  const annotations = new AnnotationService(dependencies.unitOfWork, placed.orders, dependencies.clock);
  const returns = createReturns(dependencies, placed.orders);
  const wishlists = new WishlistService(dependencies.unitOfWork, dependencies.commands, dependencies.clock);
  const invoices = createInvoices(dependencies, placed.orders);
  const secret = settings.orderAccessSecret ?? null;
  const files = createInvoiceFiles(invoices.invoices, { clock: dependencies.clock, secret });
  const features = { ...placed, pricing: carts.pricing, carts: carts.checkout };
  const checkouts = createCheckouts(dependencies, features, settings.onCheckoutStep);
  const drafts = createDraftOrders(dependencies, {
    offers: carts.offers,
    carts: carts.carts,
    checkouts: checkouts.checkouts,
    orders: placed.byId,
  });
  return {
    resolvers: [
      ...carts.resolvers,
      new PromotionPreviewResolver(previews),
      new ShippingPreviewResolver(new ShippingPreviews(dependencies.unitOfWork, carts.offers)),
      ...placed.resolvers,
      new AnnotationResolver(annotations),
      ...returns.resolvers,
      ...invoices.resolvers,
      ...files.resolvers,
      new EInvoiceResolver(new EInvoices(files.files)),
      ...checkouts.resolvers,
      ...drafts.resolvers,
      new WishlistResolver(wishlists),
    ],
    references: { ...carts.references, ...placed.references, ...returns.references, ...invoices.references },
    commands: [
      ...placed.commands,
      handleNodeLookup(FindOrdersNode, { ...carts.nodes, ...placed.nodes, ...returns.nodes, ...invoices.nodes }),
    ],
    subscriptions: placed.subscriptions,
    subscribers: [...placed.subscribers, checkoutSubscriber, tenantCurrency()],
    jobs: [...carts.jobs, ...placed.jobs, ...checkouts.jobs, ...drafts.jobs, ...invoices.jobs],
    services: {
      ...invoices.services,
      ...carts.services,
      ...placed.services,
      ...checkouts.services,
      addOrderNote: annotations.addNote.bind(annotations),
      updateOrder: annotations.update.bind(annotations),
    },
  };
}
