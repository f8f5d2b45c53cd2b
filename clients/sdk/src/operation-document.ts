/** An operation with its id, its text, and the types of its data and variables. */
export interface OperationDocument<Type extends 'query' | 'mutation' | 'subscription', Data, Variables> {
  /** SHA-256 of `body` in hexadecimal, which identifies the operation to the gateway. */
  readonly id: string;
  readonly name: string;
  readonly type: Type;
  readonly body: string;
  /**
   * The location of a mutation's idempotency key: among the variables, or in the variable `input`. Absent when the
   * mutation does not accept a key.
   */
  readonly keyIn?: 'variables' | 'input';
  /** The type of the response's `data`. Only the compiler uses this member. It is never set. */
  readonly __data?: Data;
  /** The type of the variables. Only the compiler uses this member. It is never set. */
  readonly __variables?: (variables: Variables) => void;
}

/** The variables as an argument. The argument is optional when every variable is optional. */
export type VariablesArgument<Variables> =
  Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables];
