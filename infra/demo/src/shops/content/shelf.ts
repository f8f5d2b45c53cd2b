import type { ShapeName } from '../picture/shapes.ts';

/** The hand-written part of a product. Variants, prices in USD and the picture are computed from it. */
export interface Design {
  readonly name: string;
  /** The base SKU: `LAMP-ARC` is the base of `LAMP-ARC-BRS-M`. */
  readonly sku: string;
  readonly text: string;
  /** The base price as a decimal string in EUR. Option values multiply it by their price factors. */
  readonly price: string;
  readonly material: string;
  readonly origin: string;
  /** Care instructions of this product, which replace the shelf's care instructions. */
  readonly care?: string;
  /** The taste or smell of food, drinks and candles. */
  readonly tasting?: string;
  /** The options, with values from the tables in option-values.ts. A product without options has one variant. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** The shape in the picture, which replaces the shelf's shape. */
  readonly shape?: ShapeName;
  /** Colour of the picture. @default the first value of the option Colour or Finish */
  readonly colour?: string;
}

/** The products of one subcategory. */
export interface Shelf {
  /** The slug of the category, such as `table-lamps`. */
  readonly category: string;
  readonly shape: ShapeName;
  readonly care: string;
  readonly designs: readonly Design[];
}
