import type { ProcessKind } from '@souk/kit/manifest';
import { ROSTER, type RosterManifest } from './roster.ts';

/** A kind of process that runs a subgraph: `npm run serve -- NAME`. */
export interface SubgraphProcess {
  /** The name of the process: `accounts`, `accounts-worker`. */
  readonly name: string;
  readonly kind: ProcessKind;
  readonly manifest: RosterManifest;
  /** The default of the variable PORT. */
  readonly port: number;
}

/** The servers of all subgraphs, then the workers that manifests declare. */
export const PROCESSES: readonly SubgraphProcess[] = [
  ...ROSTER.map((manifest) => ({ name: manifest.name, kind: 'server' as const, manifest, port: manifest.port })),
  ...ROSTER.flatMap((manifest) =>
    manifest.worker
      ? [{ name: `${manifest.name}-worker`, kind: 'worker' as const, manifest, port: manifest.worker.port }]
      : [],
  ),
];
