import { StoreHomeDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';

/** Reads the shop's name and its top categories. The home page runs the same query, so both share one request. */
export function useDepartments() {
  const { data } = useOperation(StoreHomeDocument);
  return { name: data?.tenant?.name ?? '', departments: data?.categories?.nodes ?? [] };
}
