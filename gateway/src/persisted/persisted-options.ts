import type { OperationCall } from '../operations/operation-call.ts';
import { AutomaticOperationsInMemory, type AutomaticOperations } from './automatic-operations.ts';
import type { OperationManifest } from './manifest.ts';
import { PersistedOperations } from './persisted-operations.ts';
import type { Acceptance, PersistedSourceDependencies } from './persisted-source.ts';

/** Options of persisted operations. */
export interface PersistedOptions {
  /**
   * Operations that clients call by id.
   * @default none
   */
  readonly manifest?: OperationManifest | null;
  /**
   * When the operations of the manifest are planned: `AT_START` in the background, or `ON_DEMAND` by their first request.
   * @default `AT_START`
   */
  readonly planning?: 'AT_START' | 'ON_DEMAND';
  /**
   * The operations that callers may send: `any` operation, or only the `persisted` operations of the manifest, by id or by their exact
   * text. A function decides for each call.
   * @default `any`
   */
  readonly accept?: Acceptance | ((call: OperationCall) => Acceptance);
  /**
   * The store of automatic persisted queries, for callers who may send any operation. With null, clients must send the full text every
   * time.
   * @default the memory of this process
   */
  readonly automatic?: AutomaticOperations | null;
}

/** The options with their defaults. */
export function persistedDependencies({
  manifest,
  accept = 'any',
  automatic,
}: PersistedOptions): PersistedSourceDependencies {
  return {
    persisted: new PersistedOperations(manifest ?? null),
    automatic: automatic === undefined ? new AutomaticOperationsInMemory() : automatic,
    accept: typeof accept === 'function' ? accept : () => accept,
  };
}
