import type { CallArguments, HttpClient } from './http-client.ts';
import type { OperationDocument } from './operation-document.ts';
import { SoukError } from './souk-error.ts';

/** The payload of a mutation, which has one root field. */
type PayloadOf<Data> = NonNullable<Data[keyof Data]>;
type RefusalOf<Data> = PayloadOf<Data> extends { readonly userErrors: ReadonlyArray<infer Refusal> } ? Refusal : never;

/** The result of a mutation, for a caller that handles failures without `try`. */
export type Outcome<Data> =
  | { readonly kind: 'done'; readonly payload: PayloadOf<Data> }
  /**
   * The shop refused the input, and nothing changed. Each refusal has a `code` and a `message`. Its `__typename`
   * determines which other fields it has.
   */
  | { readonly kind: 'refused'; readonly refusals: readonly [RefusalOf<Data>, ...RefusalOf<Data>[]] }
  /**
   * There is no complete response, because the network failed, the caller lacks a right, or the server had an error.
   */
  | { readonly kind: 'failed'; readonly error: SoukError };

/**
 * Runs a mutation, and returns every failure as a value.
 * @throws the reason of the signal, when the caller aborts the call.
 */
export async function perform<Data extends object, Variables>(
  client: Pick<HttpClient, 'run'>,
  document: OperationDocument<'mutation', Data, Variables>,
  ...rest: CallArguments<Variables>
): Promise<Outcome<Data>> {
  try {
    const data: Data = await client.run<Data, Variables>(document, ...rest);
    return outcomeOf(data);
  } catch (error) {
    if (!(error instanceof SoukError)) throw error;
    return { kind: 'failed', error };
  }
}

function outcomeOf<Data extends object>(data: Data): Outcome<Data> {
  // Every mutation in clients/operations has one root field. The field is null only when the response has an error.
  const [payload] = Object.values(data) as [PayloadOf<Data>];
  const [first, ...others] = (payload as { readonly userErrors?: readonly RefusalOf<Data>[] }).userErrors ?? [];
  return first === undefined ? { kind: 'done', payload } : { kind: 'refused', refusals: [first, ...others] };
}
