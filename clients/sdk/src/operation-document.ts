/** An operation that the gateway knows: its text, its id, and the types of its data and variables. */
export interface OperationDocument<Type extends 'query' | 'mutation' | 'subscription', Data, Variables> {
  /** SHA-256 of `body` in hexadecimal, which identifies the operation at the gateway. */
  readonly id: string;
  readonly name: string;
  readonly type: Type;
  readonly body: string;
  /** Where a mutation takes its idempotency key: as a variable, or in the variable `input`. Absent: the operation takes none. */
  readonly keyIn?: 'variables' | 'input';
  /** The type of the response's `data`. Only the compiler reads this member, and it is never set. */
  readonly __data?: Data;
  /** The type of the variables. The member exists only for the compiler, and is never set. */
  readonly __variables?: (variables: Variables) => void;
}

/** Variables as an argument, which is optional when no variable is required. */
export type VariablesArgument<Variables> =
  Record<string, never> extends Variables ? [variables?: Variables] : [variables: Variables];
