/**
 * Postgres' error codes for texts that it cannot store: 22021 character_not_in_repertoire, 22P05 untranslatable_character, and 08P01
 * protocol_violation. 08P01 occurs when a value with a NUL is part of the statement's text, which ends at the first NUL.
 */
const NOT_STORABLE = new Set(['22021', '22P05', '08P01']);

/**
 * Thrown when a text contains a NUL character, which JSON allows and Postgres cannot store. Every argument of every operation may contain a
 * NUL. Therefore the unit of work converts the error, instead of each operation.
 */
export class InvalidTextError extends Error {
  readonly extensions = { code: 'BAD_USER_INPUT' };

  constructor(options?: ErrorOptions) {
    super('A text holds a NUL character (\\u0000), which cannot be stored; leave it out', options);
    this.name = 'InvalidTextError';
  }

  /** Converts an error of Postgres about a text. Returns any other error unchanged. */
  static from(error: unknown): unknown {
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
    return typeof code === 'string' && NOT_STORABLE.has(code) ? new InvalidTextError({ cause: error }) : error;
  }
}
