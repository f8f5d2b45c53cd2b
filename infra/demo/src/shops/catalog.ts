import { acmeCategories, demoCategories } from './categories.ts';
import { demoBrands } from './brands.ts';
import { demoCollections } from './collections.ts';
import { ceramics } from './content/ceramics.ts';
import { coffeeAndTea } from './content/coffee-and-tea.ts';
import { garden } from './content/garden.ts';
import { industrial } from './content/industrial.ts';
import { kitchen } from './content/kitchen.ts';
import { leatherAndBags } from './content/leather-and-bags.ts';
import { lighting } from './content/lighting.ts';
import { paperAndDesk } from './content/paper-and-desk.ts';
import { spicesAndPantry } from './content/spices-and-pantry.ts';
import { textiles } from './content/textiles.ts';
import type { DemoAttribute, DemoCatalog, DemoCurrency } from './demo.types.ts';
import { acmeOrders, demoOrders } from './orders.ts';
import { productsOf } from './products.ts';
import { demoReviews } from './reviews.ts';
import { acmeShippingMethods, demoShippingMethods, demoShippingZones } from './shipping.ts';
import { acmeChannels, demoChannels } from './channels.ts';
import { acmeCompanyPriceLists, acmePriceLists, demoChannelPriceLists, demoPriceLists } from './price-lists.ts';
import { acmePromotions, demoGifts, demoPromotions } from './promotions.ts';
import { acmeWarehouses, demoStockItems, demoWarehouses, soldOutIfBackordered, stockOf } from './stock.ts';
import { ACME_TENANT, DEMO_TENANT } from './tenants.ts';

const ATTRIBUTES: readonly DemoAttribute[] = [
  { code: 'material', name: 'Material' },
  { code: 'origin', name: 'Origin' },
  { code: 'care', name: 'Care' },
  { code: 'tasting', name: 'Notes' },
];

const DEMO_SYNONYMS = [
  ['mug', 'cup', 'beaker'],
  ['blanket', 'throw', 'plaid'],
  ['lamp', 'light', 'luminaire'],
  ['Tasse', 'Becher', 'Mug'],
  ['Lampe', 'Leuchte'],
];
const ACME_SYNONYMS = [
  ['bolt', 'screw'],
  ['spanner', 'wrench'],
  ['stainless', 'A2', 'inox'],
];

const CURRENCIES: readonly DemoCurrency[] = ['EUR', 'USD'];

/** The initial data of the tenant demo. */
export function demoCatalog(): DemoCatalog {
  const products = productsOf(
    [
      ...ceramics,
      ...textiles,
      ...lighting,
      ...kitchen,
      ...coffeeAndTea,
      ...spicesAndPantry,
      ...leatherAndBags,
      ...paperAndDesk,
      ...garden,
    ],
    demoBrands.demo,
  );
  return {
    tenant: { ...DEMO_TENANT, currencies: CURRENCIES },
    categories: demoCategories,
    brands: demoBrands.demo,
    attributes: ATTRIBUTES,
    synonyms: DEMO_SYNONYMS,
    products,
    collections: demoCollections(products),
    warehouses: demoWarehouses,
    stock: stockOf(products, demoWarehouses).map(soldOutIfBackordered),
    stockItems: demoStockItems,
    shippingZones: demoShippingZones,
    shippingMethods: demoShippingMethods,
    channels: demoChannels,
    priceLists: demoPriceLists(products),
    channelPriceLists: demoChannelPriceLists(products),
    companyPriceLists: [],
    promotions: demoPromotions,
    gifts: demoGifts,
    orders: demoOrders,
    reviews: demoReviews(products, demoOrders),
  };
}

/** The initial data of the tenant acme. */
export function acmeCatalog(): DemoCatalog {
  const products = productsOf(industrial, demoBrands.acme);
  return {
    tenant: { ...ACME_TENANT, currencies: CURRENCIES },
    categories: acmeCategories,
    brands: demoBrands.acme,
    attributes: ATTRIBUTES.filter(({ code }) => code !== 'tasting'),
    synonyms: ACME_SYNONYMS,
    products,
    collections: [],
    warehouses: acmeWarehouses,
    stock: stockOf(products, acmeWarehouses),
    stockItems: [],
    shippingZones: [],
    shippingMethods: acmeShippingMethods,
    channels: acmeChannels,
    priceLists: acmePriceLists(products),
    channelPriceLists: [],
    companyPriceLists: acmeCompanyPriceLists(products),
    promotions: acmePromotions,
    gifts: [],
    orders: acmeOrders,
    reviews: [],
  };
}
