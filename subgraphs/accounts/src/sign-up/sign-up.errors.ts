import { failure, type Failure } from '@souk/kit/domain';

/** Returned when the slug of a new shop is malformed, reserved or taken. */
export interface SlugUnavailable extends Failure<'SLUG_INVALID' | 'SLUG_RESERVED' | 'SLUG_TAKEN'> {
  /** A similar slug that was free a moment ago. Null when none was found. */
  readonly suggestion: string | null;
}

/** Returned while the operator of the platform does not accept sign-ups. */
export type SignUpOff = Failure<'SIGN_UP_OFF'>;

const REASONS: Readonly<Record<SlugUnavailable['code'], string>> = {
  SLUG_INVALID: 'A slug has 3 to 40 small letters, digits and single dashes, and neither begins nor ends with a dash',
  SLUG_RESERVED: 'The platform itself uses this slug',
  SLUG_TAKEN: 'Another shop has this slug',
};

export function slugUnavailable(code: SlugUnavailable['code'], suggestion: string | null): SlugUnavailable {
  const remedy = suggestion === null ? 'Choose another' : `Choose another, such as "${suggestion}"`;
  return { ...failure(code, `${REASONS[code]}. ${remedy}`, ['slug']), suggestion };
}

export function signUpOff(): SignUpOff {
  return failure('SIGN_UP_OFF', 'This platform accepts no new shops. Ask its operator');
}
