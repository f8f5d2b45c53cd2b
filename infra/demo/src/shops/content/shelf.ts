import type { ShapeName } from '../picture/shapes.ts';

/** One product as it is written down here; variants, prices in other currencies and the picture follow from it. */
export interface Design {
  readonly name: string;
  /** Shared by all variants: `LAMP-ARC` of `LAMP-ARC-BRS-M`. */
  readonly sku: string;
  readonly text: string;
  /** EUR, of the option values whose price factor is 1. */
  readonly price: string;
  readonly material: string;
  readonly origin: string;
  /** Overrides the shelf's. */
  readonly care?: string;
  /** What it tastes or smells of, for what is eaten, drunk or burned. */
  readonly tasting?: string;
  /** Values of the tables in option-values.ts. Without options there is one variant. */
  readonly options?: Readonly<Record<string, readonly string[]>>;
  /** Overrides the shelf's. */
  readonly shape?: ShapeName;
  /** Colour of the picture; by default the first value of the option Colour. */
  readonly colour?: string;
}

/** The products of one subcategory. */
export interface Shelf {
  /** Slug of the category. */
  readonly category: string;
  readonly shape: ShapeName;
  readonly care: string;
  readonly designs: readonly Design[];
}
