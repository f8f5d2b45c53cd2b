export { describeObjectStore, type ObjectStoreUnderTest } from './object-store-contract.ts';
