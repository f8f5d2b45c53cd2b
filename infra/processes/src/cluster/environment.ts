import { resolve } from 'node:path';
import { publicUrlVariable, tracingVariables } from '@souk/deployment/variables';
import { z } from 'zod';
import {
  readVariables,
  servingSettings,
  servingVariables,
  type ServingSettings,
  type Variables,
} from '../variables.ts';

/** What a cluster on one machine is told. */
export interface ClusterEnvironment {
  /** Of the front; the processes take free ports. */
  readonly serving: ServingSettings;
  /** Where clients reach the cluster, without a slash at the end; null for the address of the front. */
  readonly publicUrl: string | null;
  /** Absolute. Everything that the cluster keeps on this machine is in it. */
  readonly dataDir: string;
  /** Handed on to what is started. */
  readonly path: string;
  /** Where traces go, for every process. Each keeps a name of its own. */
  readonly tracing: Readonly<Record<string, string>>;
}

const schema = z.object({
  ...servingVariables(4000),
  ...publicUrlVariable,
  SOUK_DATA_DIR: z.preprocess((value) => (value === '' ? undefined : value), z.string().default('.data/cluster')),
  PATH: z.string().default('/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'),
});

/** Reads the environment; paths are relative to `folder`. @throws StartFailure that lists every problem with its remedy. */
export function readClusterEnvironment(
  variables: Variables = process.env,
  folder: string = process.cwd(),
): ClusterEnvironment {
  const read = readVariables(schema, variables, 'cluster');
  const tracing = Object.keys(tracingVariables)
    .filter((name) => name !== 'OTEL_SERVICE_NAME')
    .flatMap((name) => (variables[name] ? [[name, variables[name]] as const] : []));
  return {
    serving: servingSettings(read),
    publicUrl: read.SOUK_PUBLIC_URL,
    dataDir: resolve(folder, read.SOUK_DATA_DIR),
    path: read.PATH,
    tracing: Object.fromEntries(tracing),
  };
}
