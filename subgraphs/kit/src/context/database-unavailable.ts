/** The value of `extensions.code` in the response when the database is unavailable. */
export const DATABASE_UNAVAILABLE = 'DATABASE_UNAVAILABLE';

/**
 * Thrown when the database is unreachable, or has canceled a statement that took too long. Clients see the message and may retry. The HTTP
 * status is 503. The cause is only in the log.
 */
export class DatabaseUnavailableError extends Error {
  readonly extensions = { code: DATABASE_UNAVAILABLE };

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseUnavailableError';
  }
}
