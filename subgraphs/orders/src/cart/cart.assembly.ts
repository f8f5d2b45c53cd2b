import type { RequestContext } from '@souk/kit/context';
import type { ReferenceResolvers } from '@souk/kit/graphql';
import type { SubgraphDependencies } from '@souk/kit/runtime';
import type { OrdersDatabase } from '../database.ts';
import { PromotionResolver } from '../promotion/promotion.resolver.ts';
import { PromotionService } from '../promotion/promotion.service.ts';
import { OrderSettingsService } from '../settings/order-settings.service.ts';
import { ShippingMethodResolver } from '../shipping-method/shipping-method.resolver.ts';
import { ShippingMethodService } from '../shipping-method/shipping-method.service.ts';
import { ShippingZoneResolver } from '../shipping-zone/shipping-zone.resolver.ts';
import { ShippingZoneService } from '../shipping-zone/shipping-zone.service.ts';
import { createTaxes, taxClasses } from '../tax/tax.assembly.ts';
import { cartAbandonmentJob } from './cart-abandonment.job.ts';
import { CartOffers } from './cart-offers.service.ts';
import { cartCheckout } from './cart-checkout.service.ts';
import { CartMergeResolver } from './cart-merge.resolver.ts';
import { CartMergeService } from './cart-merge.service.ts';
import { CartPricing } from './cart-pricing.service.ts';
import { presentCart } from './cart.presenter.ts';
import { CartResolver } from './cart.resolver.ts';
import { CartService } from './cart.service.ts';
import { CatalogPrices } from './catalog-prices.service.ts';
import { PaymentMethods } from './payment-methods.service.ts';
import { StockWarnings } from './stock-warnings.service.ts';

/** The GraphQL classes of carts, shipping methods, shipping zones, promotions, taxes and settings. */
export const cartClasses = {
  resolvers: [
    CartResolver,
    CartMergeResolver,
    ShippingMethodResolver,
    ShippingZoneResolver,
    PromotionResolver,
    ...taxClasses.resolvers,
  ] as const,
  orphanedTypes: [],
};

/** Creates the services of carts. The checkout uses `pricing` and `checkout`. Previews use `offers`. Customers use `service`. */
export function createCarts({
  unitOfWork,
  commands,
  logger,
}: Pick<SubgraphDependencies<OrdersDatabase, unknown>, 'unitOfWork' | 'commands' | 'logger'>) {
  const warnings = new StockWarnings(commands, logger);
  const offers = new CartOffers(unitOfWork, new CatalogPrices(commands, logger), warnings);
  const carts = new CartService(unitOfWork, offers, warnings);
  const shippingMethods = new ShippingMethodService(unitOfWork);
  const shippingZones = new ShippingZoneService(unitOfWork);
  const promotions = new PromotionService(unitOfWork);
  const taxes = createTaxes(unitOfWork);
  const settings = new OrderSettingsService(unitOfWork);
  return {
    resolvers: [
      new CartResolver(carts, new PaymentMethods(commands, logger)),
      new CartMergeResolver(new CartMergeService(unitOfWork, offers, warnings)),
      new ShippingMethodResolver(shippingMethods),
      new ShippingZoneResolver(shippingZones),
      new PromotionResolver(promotions),
      ...taxes.resolvers,
    ],
    references: cartReferences(carts),
    nodes: { Cart: (ctx: RequestContext, id: string) => carts.find(ctx, id) },
    jobs: [cartAbandonmentJob(unitOfWork, logger)],
    services: {
      importShippingMethods: shippingMethods.import.bind(shippingMethods),
      importShippingZones: shippingZones.import.bind(shippingZones),
      importPromotions: promotions.import.bind(promotions),
      ...taxes.services,
      setOrderSettings: settings.set.bind(settings),
    },
    service: carts,
    offers,
    carts,
    pricing: new CartPricing(unitOfWork, offers),
    checkout: cartCheckout,
  };
}

/**
 * Loads the carts that other subgraphs refer to, with one statement per cart. A batch is not needed, because a list never contains carts.
 */
function cartReferences(carts: CartService): ReferenceResolvers {
  return {
    Cart: async ({ id }, ctx) => {
      const priced = await carts.find(ctx, String(id));
      return priced && presentCart(priced);
    },
  };
}
