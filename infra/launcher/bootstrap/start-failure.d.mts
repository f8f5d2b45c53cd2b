/** A failure that its reader can mend. The message says what is wrong and what to do; it is printed without a stack. */
export class StartFailure extends Error {
  constructor(message: string);
}
