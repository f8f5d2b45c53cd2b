import { Skeleton } from '@souk/ui';
import { ProductCard, type CardProduct } from './product-card.tsx';

const GRID = 'grid grid-cols-2 gap-x-4 gap-y-8 sm:gap-x-6 md:grid-cols-3 xl:grid-cols-4';
const FIRST_ROW = 4;

export interface ProductGridProps {
  readonly products: readonly CardProduct[];
  /** Whether the grid is above the fold, so its pictures load with high priority. @default false */
  readonly eager?: boolean;
  readonly heading?: 'h2' | 'h3';
}

export function ProductGrid({ products, eager = false, heading = 'h2' }: ProductGridProps) {
  return (
    <ul className={GRID}>
      {products.map((product, index) => (
        <li key={product.id}>
          <ProductCard product={product} eager={eager && index < FIRST_ROW} heading={heading} />
        </li>
      ))}
    </ul>
  );
}

/** The placeholder of a grid that is loading. */
export function ProductGridSkeleton({ count = 8 }: { readonly count?: number }) {
  return (
    <div className={GRID}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex flex-col gap-3">
          <Skeleton className="aspect-[4/5] rounded-card" />
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-4 w-1/3" />
        </div>
      ))}
    </div>
  );
}
