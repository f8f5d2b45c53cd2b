import { failure, type Failure } from '../domain/index.ts';
import type { Address } from './address.ts';
import { phoneKey } from './phone.ts';
import { postalCodeProblem } from './postal-code.ts';

/**
 * The problems of an address by the rules of its country: postal code and phone number.
 * @param field the path of the address in the input
 */
export function addressFailures(address: Address, field: readonly string[]): Failure<'INVALID_INPUT'>[] {
  const { countryCode, postalCode, phone } = address;
  const problem = postalCodeProblem(countryCode, postalCode);
  return [
    ...(problem ? [postalCodeInvalid(problem, countryCode, [...field, 'postalCode'])] : []),
    ...(phone !== null && phoneKey(phone, countryCode) === null
      ? [phoneInvalid(countryCode, [...field, 'phone'])]
      : []),
  ];
}

function postalCodeInvalid(
  problem: 'MISSING' | 'INVALID',
  countryCode: string,
  field: readonly string[],
): Failure<'INVALID_INPUT'> {
  const message =
    problem === 'MISSING'
      ? `postalCode is missing: an address in ${countryCode} has one`
      : `postalCode is not a postal code of ${countryCode}: correct postalCode or countryCode`;
  return failure('INVALID_INPUT', message, field);
}

function phoneInvalid(countryCode: string, field: readonly string[]): Failure<'INVALID_INPUT'> {
  const message = `phone is not a phone number of ${countryCode}: correct it, or write it with + and the code of its country`;
  return failure('INVALID_INPUT', message, field);
}
