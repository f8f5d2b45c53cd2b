import type { DemoAddress, DemoCurrency, DemoOrder, DemoOrderOutcome } from './demo.types.ts';
import { stepsTo } from './order-steps.ts';

interface Buyer {
  readonly email: string;
  readonly address: DemoAddress;
  readonly currency: DemoCurrency;
  readonly taxId?: string;
  readonly purchaseOrderNumber?: string;
}

/** Creates a buyer who is named after a city. The demo data contains no real persons. */
function buyer(key: string, line1: string, place: string, countryCode: string): Buyer {
  const [postalCode = '', city = '', region] = place.split(', ');
  const name = `Recipient in ${city}`;
  return {
    email: `buyer-${key}@example.test`,
    address: { name, line1, city, postalCode, countryCode, ...(region === undefined ? {} : { region }) },
    currency: countryCode === 'US' ? 'USD' : 'EUR',
  };
}

const BUYERS = {
  hamburg: buyer('hamburg', 'Lindenstraße 12', '20099, Hamburg', 'DE'),
  leipzig: buyer('leipzig', 'Am Markt 3', '04109, Leipzig', 'DE'),
  berlin: buyer('berlin', 'Kastanienallee 88', '10435, Berlin', 'DE'),
  wien: buyer('wien', 'Mariahilfer Straße 41', '1060, Wien', 'AT'),
  nantes: buyer('nantes', '7 rue des Carmes', '44000, Nantes', 'FR'),
  // The VAT id of the company is invented, but has valid check digits.
  company: {
    ...buyer('company', '2 quai de la Fosse', '44000, Nantes', 'FR'),
    taxId: 'FR11123456782',
    purchaseOrderNumber: 'PO-2026-118',
  },
  utrecht: buyer('utrecht', 'Nieuwe Gracht 19', '3512 LC, Utrecht', 'NL'),
  valencia: buyer('valencia', 'Calle Mayor 24', '46001, Valencia', 'ES'),
  zurich: buyer('zurich', 'Seefeldstrasse 101', '8008, Zürich', 'CH'),
  bristol: buyer('bristol', '14 Harbour Terrace', 'BS1 5TY, Bristol', 'GB'),
  portland: buyer('portland', '220 Maple Street', '04101, Portland, ME', 'US'),
} as const;

type Row = readonly [
  daysAgo: number,
  buyer: keyof typeof BUYERS,
  method: string,
  outcome: DemoOrderOutcome,
  /** The lines as text: `2 MUG-TIDE-OCN, 1 ...`. */
  lines: string,
];

const DEMO: readonly Row[] = [
  [1, 'hamburg', 'standard-de', 'paid', '2 MUG-TIDE-OCN, 1 BREW-DRIP-12CUPS-CHK, 1 COFF-YIRG-250G-FILT'],
  [1, 'berlin', 'express-de', 'authorized', '1 LAMP-ARC-BRS-M'],
  [2, 'utrecht', 'standard-near', 'authorized', '1 RUGS-DUNE-120X180CM, 2 CUSH-LINE-45X45CM-SAG'],
  [2, 'portland', 'standard-overseas', 'paid', '1 KNIF-CHEF-21CM, 1 KNIF-WHET'],
  [3, 'leipzig', 'standard-de', 'fulfilled', '3 PRES-ORAN, 2 PRES-FIGM, 1 BORD-BREA'],
  [4, 'company', 'standard-far', 'partially fulfilled', '1 VASE-MOON-M, 2 CAND-DINN, 4 LINN-NAPK-CLY'],
  [5, 'wien', 'standard-near', 'shipped', '1 POTS-STEW-4LITRES-BRK, 1 UTEN-SPOO'],
  [6, 'valencia', 'express-eu', 'shipped', '2 TEAS-SENC-100G, 1 TEAP-KYUS, 2 CUP-YUNO'],
  [8, 'hamburg', 'standard-de', 'partially delivered', '1 BEDS-LINE-DOUBLE-CHK, 4 BATH-TERR-BATH-CHK'],
  [9, 'bristol', 'standard-gb', 'partially fulfilled', '1 BAGS-RUCK-OLV, 1 CARE-BALM-50G'],
  [11, 'zurich', 'standard-ch', 'completed', '2 COFF-HUIL-1KG-ESPR, 1 BREW-MOKA-6CUPS'],
  [13, 'berlin', 'standard-de', 'canceled and voided', '1 LAMP-MUSH-ROS'],
  [15, 'leipzig', 'standard-de', 'completed', '1 NOTE-THRE-DOTTED-INK, 1 PENS-PIST-FINE-BLK, 1 PENS-BLUE'],
  [18, 'nantes', 'standard-far', 'completed', '2 OILS-MILD-500ML, 2 SPIC-SAFF-2G, 1 BLND-GARR-100G'],
  [20, 'portland', 'express-overseas', 'canceled and refunded', '1 THRW-ALPA-OAT'],
  [22, 'utrecht', 'standard-near', 'completed', '6 SEED-TULI-50BULBS, 1 TOOL-DIBB, 1 TOOL-TROW'],
  [25, 'wien', 'standard-near', 'partially refunded', '4 CUP-RIBB-CHK, 1 TEAP-ROUN-MOS'],
  [29, 'hamburg', 'express-de', 'completed', '1 WALL-CARD-COG, 1 CARD-THAN-SAG'],
  [33, 'bristol', 'express-ch-gb', 'completed', '2 COFF-KIRI-250G-BEAN, 2 COFF-SIDA-500G-BEAN'],
  [38, 'valencia', 'standard-far', 'canceled and refunded', '1 PEND-HARV-L'],
  [44, 'berlin', 'standard-de', 'completed', '2 PLNT-ROLL-28CM, 1 TOOL-WATE-S-MOS, 3 SEED-HERB'],
  [51, 'zurich', 'express-ch-gb', 'partially refunded', '6 PLAT-COUP-SLT, 6 BOWL-SOUP-OCN'],
  [60, 'leipzig', 'standard-de', 'canceled and voided', '1 BORD-ENDG-L'],
  [74, 'portland', 'standard-overseas', 'completed', '1 RUGS-ATLA-80X150CM, 2 CUSH-FERN-MOS'],
  [90, 'nantes', 'express-eu', 'completed', '1 BAGS-WEEK-COG'],
  [6, 'berlin', 'standard-de', 'backordered', '2 PEND-HARV-L'],
];

const ACME_BUYER = buyer('duisburg', 'Werftstraße 30', '47053, Duisburg', 'DE');

/** The past orders of the tenant demo, in every state that an order can have. */
export const demoOrders: readonly DemoOrder[] = DEMO.map(([daysAgo, name, method, outcome, lines], index) =>
  order(index + 1, BUYERS[name], { daysAgo, method, outcome, lines }),
);

/** The past orders of the tenant acme. */
export const acmeOrders: readonly DemoOrder[] = [
  order(1, ACME_BUYER, { daysAgo: 2, method: 'parcel', outcome: 'paid', lines: '10 FAST-HM8-50MM, 10 FAST-NM8' }),
  order(2, ACME_BUYER, { daysAgo: 12, method: 'parcel', outcome: 'shipped', lines: '4 BEAR-6204, 2 SHOP-GRS' }),
  order(3, ACME_BUYER, { daysAgo: 30, method: 'parcel', outcome: 'completed', lines: '20 SAFE-GLV-9, 5 SAFE-HLM-SAF' }),
];

interface OrderTerms {
  readonly daysAgo: number;
  readonly method: string;
  readonly outcome: DemoOrderOutcome;
  readonly lines: string;
}

function order(
  number: number,
  { email, address, currency, taxId, purchaseOrderNumber }: Buyer,
  terms: OrderTerms,
): DemoOrder {
  const lines = terms.lines.split(', ').map((line) => {
    const [quantity = '', sku = ''] = line.split(' ');
    return { sku, quantity: Number(quantity) };
  });
  return {
    reference: `past-order-${number}`,
    outcome: terms.outcome,
    placedDaysAgo: terms.daysAgo,
    email,
    shippingAddress: address,
    shippingMethodCode: terms.method,
    currencyCode: currency,
    ...(taxId !== undefined && { taxId }),
    ...(purchaseOrderNumber !== undefined && { purchaseOrderNumber }),
    lines,
    steps: stepsTo(terms.outcome, lines, number),
  };
}
