import { failure, type Failure } from '@souk/kit/domain';

const CODE = /^[a-z0-9]+([_-][a-z0-9]+)*$/;

/** Whether a text is a code: small letters and digits, with single dashes and underscores between them. */
export function isCode(text: string): boolean {
  return CODE.test(text);
}

/** The refusal of a text that is not a code. */
export function codeInvalid(): Failure<'INVALID_INPUT'> {
  return failure('INVALID_INPUT', 'A code consists of small letters, digits, single dashes and underscores', ['code']);
}
