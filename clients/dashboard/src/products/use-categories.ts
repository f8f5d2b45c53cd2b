import { CategoryListDocument } from '@souk/sdk';
import { useQuery } from '@tanstack/react-query';
import { souk } from '../api/client.ts';

const CATEGORIES = 200;

/** A category with its path as label: "Living / Lamps". */
export interface CategoryChoice {
  readonly id: string;
  readonly slug: string;
  readonly label: string;
}

/** The root categories and their child categories. Empty while they load. */
export function useCategories(): readonly CategoryChoice[] {
  const categories = useQuery({
    queryKey: ['categories'],
    queryFn: ({ signal }) => souk.run(CategoryListDocument, { first: CATEGORIES }, { signal }),
  });
  return (categories.data?.categories?.nodes ?? []).flatMap(({ id, slug, name, children }) => [
    { id, slug, label: name },
    ...children.nodes.map((child) => ({ id: child.id, slug: child.slug, label: `${name} / ${child.name}` })),
  ]);
}
