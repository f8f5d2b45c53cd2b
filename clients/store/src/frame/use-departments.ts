import { StoreHomeDocument } from '@souk/sdk';
import { useOperation } from '@souk/sdk/react';

/** Reads the shop's name and its departments. The home page shares the request. */
export function useDepartments() {
  const { data } = useOperation(StoreHomeDocument);
  return { name: data?.tenant?.name ?? '', departments: data?.categories?.nodes ?? [] };
}
