/** An operation that Souk knows: its text and its id, and the types of what it answers and takes. */
export interface OperationDocument<Type extends 'query' | 'mutation' | 'subscription', Data, Variables> {
  /** sha256 of `body` in hex, by which the gateway knows it. */
  readonly id: string;
  readonly name: string;
  readonly type: Type;
  readonly body: string;
  /** Only for the compiler: what the answer's `data` holds. Never set. */
  readonly __data?: Data;
  /** Only for the compiler: what it is called with. Never set. */
  readonly __variables?: (variables: Variables) => void;
}

/** Variables as an argument, which may be left out where none is required. */
export type VariablesArgument<Variables> = object extends Variables ? [variables?: Variables] : [variables: Variables];
