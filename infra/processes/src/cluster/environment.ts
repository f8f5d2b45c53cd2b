import { resolve } from 'node:path';
import { ROSTER } from '@souk/deployment/roster';
import { manifestVariables, publicUrlVariable, tracingVariables } from '@souk/deployment/variables';
import { z } from 'zod';
import {
  readVariables,
  servingSettings,
  servingVariables,
  type ServingSettings,
  type Variables,
} from '../variables.ts';

/** The ports, folders and variables of a cluster on one machine. */
export interface ClusterEnvironment {
  /** Port, host and drain time of the cluster's reverse proxy. The processes behind it use free ports. */
  readonly serving: ServingSettings;
  /** URL of the cluster for clients, without a trailing slash. Null means the URL of the cluster's reverse proxy. */
  readonly publicUrl: string | null;
  /** The absolute path of the folder that holds all files of the cluster. */
  readonly dataDir: string;
  /** The `PATH` that the started processes get. */
  readonly path: string;
  /** Tracing variables for every process. Each process has its own service name. */
  readonly tracing: Readonly<Record<string, string>>;
  /** The environment variables that set settings of subgraphs. Every process receives them. */
  readonly settings: Readonly<Record<string, string>>;
}

const schema = z.object({
  ...servingVariables(4000),
  ...publicUrlVariable,
  ...manifestVariables(ROSTER),
  SOUK_DATA_DIR: z.preprocess((value) => (value === '' ? undefined : value), z.string().default('.data/cluster')),
  PATH: z.string().default('/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'),
});

/**
 * Reads the environment. Paths are relative to `folder`.
 * @throws StartFailure that lists every problem with its remedy
 */
export function readClusterEnvironment(
  variables: Variables = process.env,
  folder: string = process.cwd(),
): ClusterEnvironment {
  const read = readVariables(schema, variables, 'cluster');
  const asSet = (names: readonly string[]) =>
    Object.fromEntries(names.flatMap((name) => (variables[name] ? [[name, variables[name]] as const] : [])));
  return {
    serving: servingSettings(read),
    publicUrl: read.SOUK_PUBLIC_URL,
    dataDir: resolve(folder, read.SOUK_DATA_DIR),
    path: read.PATH,
    tracing: asSet(Object.keys(tracingVariables).filter((name) => name !== 'OTEL_SERVICE_NAME')),
    settings: asSet(Object.keys(manifestVariables(ROSTER))),
  };
}
