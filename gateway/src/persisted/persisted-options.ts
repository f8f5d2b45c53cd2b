import type { OperationCall } from '../operations/operation-call.ts';
import { AutomaticOperationsInMemory, type AutomaticOperations } from './automatic-operations.ts';
import type { OperationManifest } from './manifest.ts';
import { PersistedOperations } from './persisted-operations.ts';
import type { Acceptance, PersistedSourceDependencies } from './persisted-source.ts';

/** Which operations a gateway knows, and which it takes. */
export interface PersistedOptions {
  /** Operations that clients call by id; they are planned when the gateway starts. Default: none. */
  readonly manifest?: OperationManifest | null;
  /**
   * What callers may send: `any` operation, or only the `persisted` ones of the manifest, by id or as they stand there. A function
   * says so for each call. Default: `any`.
   */
  readonly accept?: Acceptance | ((call: OperationCall) => Acceptance);
  /** Where texts are remembered by hash, for those who may send any. Default: in this process. Null: nowhere. */
  readonly automatic?: AutomaticOperations | null;
}

/** The options with their defaults. */
export function persistedDependencies({ manifest, accept = 'any', automatic }: PersistedOptions): PersistedSourceDependencies {
  return {
    persisted: new PersistedOperations(manifest ?? null),
    automatic: automatic === undefined ? new AutomaticOperationsInMemory() : automatic,
    accept: typeof accept === 'function' ? accept : () => accept,
  };
}
