import type { DemoCategory } from './demo.types.ts';

type Row = readonly [slug: string, name: string, description: string, german: string, germanDescription: string];

interface Branch {
  readonly top: Row;
  readonly below: readonly Row[];
}

const DEMO: readonly Branch[] = [
  {
    top: ['ceramics', 'Ceramics', 'Thrown, pressed and fired', 'Keramik', 'Gedreht, gepresst und gebrannt'],
    below: [
      ['cups-and-mugs', 'Cups and mugs', 'For coffee, tea and cocoa', 'Tassen und Becher', 'Für Kaffee, Tee und Kakao'],
      [
        'bowls-and-plates',
        'Bowls and plates',
        'From porridge to Sunday roast',
        'Schalen und Teller',
        'Vom Porridge bis zum Sonntagsbraten',
      ],
      ['vases', 'Vases', 'For one stem or a whole branch', 'Vasen', 'Für einen Stiel oder einen ganzen Zweig'],
      [
        'jugs-and-teapots',
        'Jugs and teapots',
        'That pour without a drip',
        'Krüge und Kannen',
        'Die gießen, ohne zu tropfen',
      ],
    ],
  },
  {
    top: ['textiles', 'Textiles', 'Woven, knotted and felted', 'Textilien', 'Gewebt, geknüpft und gefilzt'],
    below: [
      ['rugs', 'Rugs', 'Underfoot, for decades', 'Teppiche', 'Unter den Füßen, jahrzehntelang'],
      [
        'cushions-and-throws',
        'Cushions and throws',
        'For the sofa and the lawn',
        'Kissen und Decken',
        'Für Sofa und Wiese',
      ],
      ['table-linen', 'Table linen', 'Cloths, napkins and aprons', 'Tischwäsche', 'Tücher, Servietten und Schürzen'],
      ['bath-and-bed', 'Bath and bed', 'Close to the skin', 'Bad und Bett', 'Nah an der Haut'],
    ],
  },
  {
    top: ['lighting', 'Lighting', 'Light where it is wanted', 'Licht', 'Licht, wo es gebraucht wird'],
    below: [
      [
        'table-lamps',
        'Table lamps',
        'To read, to write, to fall asleep by',
        'Tischleuchten',
        'Zum Lesen, Schreiben und Einschlafen',
      ],
      ['pendants', 'Pendants', 'Above the table', 'Pendelleuchten', 'Über dem Tisch'],
      ['lanterns', 'Lanterns', 'For terraces and window sills', 'Laternen', 'Für Terrasse und Fensterbank'],
      ['candles', 'Candles', 'And what they stand in', 'Kerzen', 'Und worin sie stehen'],
    ],
  },
  {
    top: ['kitchen', 'Kitchen', 'Tools for people who cook', 'Küche', 'Werkzeug für alle, die kochen'],
    below: [
      ['boards-and-utensils', 'Boards and utensils', 'Wood, mostly', 'Bretter und Helfer', 'Meistens aus Holz'],
      ['pots-and-pans', 'Pots and pans', 'Iron, steel and copper', 'Töpfe und Pfannen', 'Eisen, Stahl und Kupfer'],
      ['knives', 'Knives', 'And how to keep them sharp', 'Messer', 'Und wie sie scharf bleiben'],
      ['storage', 'Storage', 'Jars, bins and baskets', 'Aufbewahrung', 'Gläser, Dosen und Körbe'],
    ],
  },
  {
    top: [
      'coffee-and-tea',
      'Coffee and tea',
      'From the plant to the cup',
      'Kaffee und Tee',
      'Von der Pflanze bis in die Tasse',
    ],
    below: [
      ['coffee-beans', 'Coffee beans', 'Roasted in small drums', 'Kaffeebohnen', 'In kleinen Trommeln geröstet'],
      ['tea', 'Tea', 'Leaves, herbs and spices', 'Tee', 'Blätter, Kräuter und Gewürze'],
      ['brewing', 'Brewing', 'Drippers, mills and kettles', 'Zubereitung', 'Filter, Mühlen und Kessel'],
    ],
  },
  {
    top: [
      'spices-and-pantry',
      'Spices and pantry',
      'What makes dinner',
      'Gewürze und Vorrat',
      'Was das Essen ausmacht',
    ],
    below: [
      ['spices', 'Spices', 'Single and whole', 'Gewürze', 'Sortenrein und ganz'],
      ['blends', 'Blends', 'Mixed by people who cook with them', 'Mischungen', 'Gemischt von denen, die damit kochen'],
      ['oils-and-vinegars', 'Oils and vinegars', 'Pressed and fermented', 'Öle und Essige', 'Gepresst und vergoren'],
      [
        'preserves-and-sweets',
        'Preserves and sweets',
        'The summer in a jar',
        'Eingemachtes und Süßes',
        'Der Sommer im Glas',
      ],
    ],
  },
  {
    top: ['leather-and-bags', 'Leather and bags', 'Carried for years', 'Leder und Taschen', 'Jahrelang getragen'],
    below: [
      ['bags', 'Bags', 'For the market and the mountain', 'Taschen', 'Für Markt und Berg'],
      [
        'wallets-and-cases',
        'Wallets and cases',
        'Small things in their place',
        'Börsen und Etuis',
        'Kleines an seinem Platz',
      ],
      [
        'belts-and-straps',
        'Belts and straps',
        'With buckles that can be changed',
        'Gürtel und Riemen',
        'Mit Schnallen, die man wechseln kann',
      ],
      ['leather-care', 'Leather care', 'So that it lasts', 'Lederpflege', 'Damit es lange hält'],
    ],
  },
  {
    top: [
      'paper-and-desk',
      'Paper and desk',
      'For writing by hand',
      'Papier und Schreibtisch',
      'Zum Schreiben mit der Hand',
    ],
    below: [
      ['notebooks', 'Notebooks', 'Sewn, so that they lie flat', 'Notizbücher', 'Geheftet, damit sie flach liegen'],
      [
        'pens-and-ink',
        'Pens and ink',
        'Nibs, pencils and bottles',
        'Stifte und Tinte',
        'Federn, Bleistifte und Gläser',
      ],
      ['cards-and-wrap', 'Cards and wrap', 'For saying it on paper', 'Karten und Papier', 'Um es auf Papier zu sagen'],
      ['desk', 'Desk', 'Order, or something like it', 'Schreibtisch', 'Ordnung, oder so ähnlich'],
    ],
  },
  {
    top: ['garden', 'Garden', 'For beds, balconies and sills', 'Garten', 'Für Beet, Balkon und Fensterbank'],
    below: [
      ['planters', 'Planters', 'Pots, tubs and baskets', 'Pflanzgefäße', 'Töpfe, Kübel und Körbe'],
      ['garden-tools', 'Garden tools', 'Forged and sharpened', 'Gartenwerkzeug', 'Geschmiedet und geschärft'],
      ['seeds-and-bulbs', 'Seeds and bulbs', 'Patience, in packets', 'Samen und Zwiebeln', 'Geduld in Tütchen'],
    ],
  },
];

const ACME: readonly Branch[] = [
  {
    top: ['assembly', 'Assembly', 'What holds machines together', 'Montage', 'Was Maschinen zusammenhält'],
    below: [
      ['fasteners', 'Fasteners', 'Bolts, screws and ties', 'Befestigung', 'Bolzen, Schrauben und Binder'],
      ['bearings-and-drives', 'Bearings and drives', 'What turns', 'Lager und Antriebe', 'Was sich dreht'],
    ],
  },
  {
    top: [
      'site-and-shop',
      'Site and shop',
      'For the people at work',
      'Baustelle und Werkstatt',
      'Für die Menschen bei der Arbeit',
    ],
    below: [
      ['protective-equipment', 'Protective equipment', 'To EN standards', 'Schutzausrüstung', 'Nach EN-Normen'],
      ['workshop', 'Workshop', 'Oil, discs, tape and boxes', 'Werkstattbedarf', 'Öl, Scheiben, Band und Kartons'],
    ],
  },
];

function category([slug, name, description, german, germanDescription]: Row, parentSlug: string | null): DemoCategory {
  return {
    slug,
    name,
    description,
    parentSlug,
    translations: { de: { name: german, description: germanDescription } },
  };
}

function tree(branches: readonly Branch[]): DemoCategory[] {
  return branches.flatMap(({ top, below }) => [category(top, null), ...below.map((row) => category(row, top[0]))]);
}

export const demoCategories: readonly DemoCategory[] = tree(DEMO);
export const acmeCategories: readonly DemoCategory[] = tree(ACME);
