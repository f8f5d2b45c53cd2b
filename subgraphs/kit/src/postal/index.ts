export * from './address.ts';
export { addressFailures } from './address-failures.ts';
export { phoneKey } from './phone.ts';
export { canonicalPostalCode, canonicalRegion } from './canonical-place.ts';
export { postalCodeProblem } from './postal-code.ts';
