export * from './address.ts';
export { addressFailures } from './address-failures.ts';
export { phoneKey } from './phone.ts';
