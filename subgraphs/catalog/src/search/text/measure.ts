/** The spellings of each unit in lower case. The key is the form in which units are compared. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  in: ['"', '″', '”', "''", 'inch', 'inches', 'zoll', 'in'],
  ft: ['′', 'foot', 'feet', 'ft'],
  l: ['l', 'liter', 'liters', 'litre', 'litres'],
  m: ['m'],
  g: ['g'],
  ...Object.fromEntries(
    [
      [
        'mm',
        'cm',
        'dm',
        'km',
        'µm',
        'μm',
        'nm',
        'm²',
        'm2',
        'm³',
        'm3',
        'kg',
        'mg',
        'lb',
        'lbs',
        'oz',
        'ml',
        'cl',
        'dl',
      ],
      [
        'v',
        'kv',
        'mv',
        'w',
        'kw',
        'mw',
        'a',
        'ma',
        'ah',
        'mah',
        'wh',
        'kwh',
        'hz',
        'khz',
        'mhz',
        'ghz',
        'db',
        'lm',
        'k',
      ],
      ['°c', '°f', '°', '%', 'bar', 'psi', 'pa', 'kpa', 'n', 'kn', 'rpm', 'kb', 'mb', 'gb', 'tb', 'mp', 'px', 'dpi'],
    ].flatMap((units) => units.map((unit) => [unit, [unit]])),
  ),
};
const CANONICAL = new Map(
  Object.entries(UNITS).flatMap(([unit, spellings]) => spellings.map((spelling) => [spelling, unit.normalize('NFKC')])),
);
/**
 * These units of measure are also words or letters. They only count as units directly after a number, without a space.
 */
const NEEDS_NO_SPACE = new Set(['in', 'a', 'k', 'n']);

const escaped = (text: string) =>
  text.replace(/[°%"'²³]/g, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
const alternatives = (spellings: readonly string[]) =>
  spellings
    .toSorted((one, other) => other.length - one.length)
    .map(escaped)
    .join('|');
const SPELLINGS = [...CANONICAL.keys()];
const UNIT = `(?:\\s?(?:${alternatives(SPELLINGS.filter((unit) => !NEEDS_NO_SPACE.has(unit)))})|(?:${alternatives([...NEEDS_NO_SPACE])}))(?![\\p{L}\\p{N}])`;
const DECIMAL = '\\d+(?:[.,]\\d+)*';
const FRACTION = '(?:\\d{1,3}[ -])?\\d{1,3}[/⁄]\\d{1,3}|\\d{0,3}\\p{No}';
const NUMBER = `(?:${FRACTION}|${DECIMAL})`;
/** Matches the sign between the numbers of a size: 10x20, 10 × 20. */
const TIMES = '\\s?[x×*]\\s?';

/** Matches a number, a measure or a size. It must not be part of a longer word or part number. */
export const QUANTITY = `(?<![\\p{L}\\p{N}][-_/.,+]?)${NUMBER}(?:${UNIT})?(?:${TIMES}${NUMBER}(?:${UNIT})?){0,3}(?![-_/.,+]?[\\p{L}\\p{N}])`;

const PART = new RegExp(`(${NUMBER})(${UNIT})?`, 'giu');

/** One number of a size with its unit, both normalized for comparison. The unit is empty when the number has none. */
interface Quantity {
  readonly number: string;
  readonly unit: string;
}

/**
 * The forms by which a number, a measure or a size is compared. The first form is the complete expression. `1,50 m` is `1.5m` and `1.5`.
 * `10 x 20 mm` is `10x20mm`, `10x20`, `10mm`, `20mm`, `10` and `20`. `3/4"` is `3/4in` and `3/4`.
 */
export function quantityForms(text: string): readonly string[] {
  const parts = [...text.toLowerCase().matchAll(PART)].map(([, number = '', unit = '']) => ({
    number: canonicalNumber(number),
    unit: CANONICAL.get(unit.trim()) ?? '',
  }));
  const unit = parts.at(-1)?.unit ?? '';
  const isUniform = parts.every((part) => part.unit === unit || part.unit === '');
  const measured = isUniform ? parts.map(({ number }) => ({ number, unit })) : parts;
  const numbers = parts.map(({ number }) => number);
  return [
    ...new Set([wholeOf(parts, isUniform ? unit : null), numbers.join('x'), ...measured.map(formOf), ...numbers]),
  ];
}

function wholeOf(parts: readonly Quantity[], unit: string | null): string {
  return unit === null ? parts.map(formOf).join('x') : `${parts.map(({ number }) => number).join('x')}${unit}`;
}

const formOf = ({ number, unit }: Quantity) => `${number}${unit}`;

/** Matches numbers with thousands separators: each separator is followed by three digits, and the number does not begin with 0. */
const THOUSANDS = /^[1-9]\d{0,2}(?:[.,]\d{3})+$/;

function canonicalNumber(text: string): string {
  const plain = text.normalize('NFKC').replace(/⁄/g, '/');
  if (plain.includes('/')) return withoutVulgar(text).replace(/[ -]/, '-');
  if (THOUSANDS.test(plain)) return plain.replace(/[.,]/g, '');
  const [, whole = '', decimals] = /^(.*?)(?:[.,](\d+))?$/.exec(plain) ?? [];
  const fraction = decimals?.replace(/0+$/, '') ?? '';
  return whole.replace(/[.,]/g, '') + (fraction && `.${fraction}`);
}

/** Writes `1½` as `1-1/2`. NFKC alone would write 11/2. */
function withoutVulgar(text: string): string {
  return text
    .replace(/^(\d+)(?=\p{No})/u, '$1-')
    .normalize('NFKC')
    .replace(/⁄/g, '/');
}
