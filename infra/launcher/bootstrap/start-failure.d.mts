/**
 * A failure that the operator can fix. The message names the problem and the remedy. It is printed without a stack
 * trace.
 */
export class StartFailure extends Error {
  constructor(message: string);
}
