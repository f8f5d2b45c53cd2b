/** The code in `extensions` by which clients know that it is the database that does not serve. */
export const DATABASE_UNAVAILABLE = 'DATABASE_UNAVAILABLE';

/**
 * Thrown when the database is gone, or has stopped a statement that took too long. Clients may know as much, and may try again; HTTP
 * answers 503. The cause is for the log.
 */
export class DatabaseUnavailableError extends Error {
  readonly extensions = { code: DATABASE_UNAVAILABLE };

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DatabaseUnavailableError';
  }
}
