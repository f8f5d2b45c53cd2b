/** Colours and finishes, each with its abbreviation for SKUs and its colour in pictures. */
export const COLOURS: Readonly<Record<string, { readonly code: string; readonly hex: string }>> = {
  Amber: { code: 'AMB', hex: '#c98a2b' },
  Beech: { code: 'BCH', hex: '#d2a679' },
  Black: { code: 'BLK', hex: '#2b2b2e' },
  Brass: { code: 'BRS', hex: '#b8923f' },
  Brick: { code: 'BRK', hex: '#a8412f' },
  Chalk: { code: 'CHK', hex: '#f1ece2' },
  Charcoal: { code: 'CHR', hex: '#45464b' },
  Clay: { code: 'CLY', hex: '#c19a82' },
  Cobalt: { code: 'COB', hex: '#2f4f9e' },
  Cognac: { code: 'COG', hex: '#a5642e' },
  Copper: { code: 'COP', hex: '#b96f4a' },
  Ink: { code: 'INK', hex: '#27385c' },
  Moss: { code: 'MOS', hex: '#5f7346' },
  Natural: { code: 'NAT', hex: '#dcb98c' },
  Oak: { code: 'OAK', hex: '#b98a56' },
  Oat: { code: 'OAT', hex: '#dccfb8' },
  Ocean: { code: 'OCN', hex: '#2f7386' },
  Olive: { code: 'OLV', hex: '#7d7a3c' },
  Plum: { code: 'PLM', hex: '#6e3a5b' },
  'Plum wood': { code: 'PLW', hex: '#7f4536' },
  Rose: { code: 'ROS', hex: '#d99a98' },
  Rust: { code: 'RST', hex: '#b3592f' },
  Saffron: { code: 'SAF', hex: '#e0a52f' },
  Sage: { code: 'SAG', hex: '#9fae93' },
  Sand: { code: 'SND', hex: '#cdb48c' },
  Slate: { code: 'SLT', hex: '#69757f' },
  Smoke: { code: 'SMK', hex: '#8e8f8d' },
  Steel: { code: 'STL', hex: '#a9b1b8' },
  Straw: { code: 'STW', hex: '#d9bd78' },
  Terracotta: { code: 'TER', hex: '#c4714a' },
  Walnut: { code: 'WAL', hex: '#6d4a33' },
};

/** Abbreviations for SKUs that cannot be derived from the value's own letters and digits. */
const CODES: Readonly<Record<string, string>> = {
  Small: 'S',
  Medium: 'M',
  Large: 'L',
  'Whole bean': 'BEAN',
  Filter: 'FILT',
  Espresso: 'ESPR',
};

/** Price factors of option values, relative to other values of the same option. The default factor is 1. */
const PRICE_FACTORS: Readonly<Record<string, number>> = {
  Small: 100,
  Medium: 130,
  Large: 175,
  Hand: 100,
  Bath: 190,
  Sheet: 280,
  Single: 100,
  Double: 135,
  King: 155,
  A6: 100,
  A5: 130,
  A4: 165,
  '45 × 45 cm': 100,
  '60 × 60 cm': 140,
  '80 × 150 cm': 100,
  '120 × 180 cm': 175,
  '170 × 240 cm': 320,
  '140 × 180 cm': 100,
  '140 × 260 cm': 140,
  'Ø 14 cm': 70,
  'Ø 20 cm': 100,
  'Ø 24 cm': 120,
  'Ø 28 cm': 140,
  'Ø 36 cm': 210,
  'Ø 120 cm': 100,
  'Ø 180 cm': 210,
  '18 cm': 100,
  '21 cm': 115,
  '13 inch': 100,
  '16 inch': 115,
  '1–2 cups': 100,
  '2–4 cups': 125,
  '3 cups': 100,
  '6 cups': 130,
  '0.5 litre': 75,
  '1 litre': 100,
  '2 litres': 140,
  '3 litres': 600,
  '4 litres': 400,
  '5 litres': 420,
  '6 litres': 500,
  '20 litres': 1500,
  '250 ml': 70,
  '500 ml': 126,
  '1 g': 10,
  '2 g': 19,
  '5 g': 45,
  '40 g': 230,
  '50 g': 280,
  '100 g': 520,
  '250 g': 1200,
  '500 g': 2250,
  '1 kg': 4200,
  '2 pods': 100,
  '5 pods': 220,
  '20 bulbs': 100,
  '50 bulbs': 220,
  '10 m²': 100,
  '50 m²': 400,
  M6: 60,
  M8: 100,
  M10: 150,
  M12: 220,
  '30 mm': 100,
  '40 mm': 100,
  '50 mm': 140,
  '60 mm': 145,
  '80 mm': 200,
  '200 mm': 100,
  '370 mm': 190,
  '1000 mm': 100,
  '1250 mm': 118,
  '1600 mm': 145,
  '10 m': 100,
  '20 m': 175,
};

/** The abbreviation of an option value in a SKU: `Large` is L, `Brass` is BRS, `120 × 180 cm` is 120X180CM. */
export function skuCode(value: string): string {
  const named = COLOURS[value]?.code ?? CODES[value];
  return (
    named ??
    value
      .toUpperCase()
      .replaceAll('×', 'X')
      .replaceAll(/[^A-Z0-9]/g, '')
  );
}

/** The price factor of an option value, relative to the other values of the same option. */
export function priceFactor(value: string): number {
  return PRICE_FACTORS[value] ?? 100;
}
