/** A failure that the operator can solve. The message names the problem and the remedy, and is printed without a stack. */
export class StartFailure extends Error {
  constructor(message: string);
}
