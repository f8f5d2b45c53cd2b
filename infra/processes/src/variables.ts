import { readFileSync, statSync } from 'node:fs';
import {
  metricsPlace,
  metricsVariables,
  tracingSettings,
  tracingVariables,
  type TracingSettings,
} from '@souk/deployment/variables';
import { StartFailure } from '@souk/launcher/start-failure';
import type { MetricsPlace } from '@souk/platform/http';
import { z } from 'zod';

export type Variables = Readonly<Record<string, string | undefined>>;

/** Treats an empty variable as missing. */
const unset = (value: unknown) => (value === '' ? undefined : value);

/** The schema of a variable that must be set. */
export function required<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(unset, schema);
}

/** The schema of an optional variable. The value is null when the variable is not set. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return z.preprocess(unset, schema.optional()).transform((value) => value ?? null);
}

const PORT = 'must be a port from 0 (any that is free) to 65535';

const number = (fallback: number, [least, most]: readonly [number, number], problem: string) =>
  z.preprocess(unset, z.coerce.number(problem).int(problem).min(least, problem).max(most, problem).default(fallback));

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Variables of every process that serves. @param port the default of PORT */
export const servingVariables = (port: number) => ({
  PORT: number(port, [0, 65_535], `${PORT}; leave it out for ${port}`),
  HOST: z.preprocess(
    unset,
    z
      .string()
      .regex(/^[\w.:-]+$/, 'must be an address without a scheme, like 127.0.0.1; 0.0.0.0 listens on all addresses')
      .default('127.0.0.1'),
  ),
  LOG_LEVEL: z.preprocess(
    unset,
    z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}; leave it out for info`).default('info'),
  ),
  SOUK_DRAIN_MS: number(
    5000,
    [0, 600_000],
    'must be the milliseconds that load balancers have, after SIGTERM, to notice that this process is not ready; leave it out for 5000',
  ),
  ...metricsVariables,
  ...tracingVariables,
});

/** Settings of every process that serves. */
export interface ServingSettings {
  readonly host: string;
  /** The port. 0 chooses any free port. */
  readonly port: number;
  readonly logLevel: string;
  /** How long the process continues to accept requests after SIGTERM, in ms. It reports that it is not ready during this time. */
  readonly drainMs: number;
  /** The port that serves `/metrics`. */
  readonly metrics: MetricsPlace;
  /** The collector that receives traces. Null when tracing is off. */
  readonly tracing: TracingSettings | null;
}

type ServingVariables = z.infer<z.ZodObject<ReturnType<typeof servingVariables>>> & {
  readonly SOUK_TRUSTED_PROXIES?: readonly string[];
};

export function servingSettings(variables: ServingVariables): ServingSettings {
  const { HOST, PORT: port, LOG_LEVEL, SOUK_DRAIN_MS } = variables;
  const [metrics, tracing] = [metricsPlace(variables), tracingSettings(variables)];
  return { host: HOST, port, logLevel: LOG_LEVEL, drainMs: SOUK_DRAIN_MS, metrics, tracing };
}

/** The schema of a variable with the URL of a server. @param example a valid URL */
export function serverUrl(protocol: RegExp, example: string) {
  return z.url({
    protocol,
    error: ({ input }) => `must ${input === undefined ? 'be set, and ' : ''}look like ${example}`,
  });
}

/** The schema of a variable with the maximum number of connections to Postgres. A transaction needs one connection. */
export const poolSize = (fallback: number) =>
  number(fallback, [1, 500], `must be from 1 to 500; leave it out for ${fallback}`);

/**
 * The schema of a variable that names a file with a secret. The variable does not contain the secret, because environments end up in logs
 * and crash reports.
 * @param what the content of the file
 * @param check throws for invalid content
 */
export function secretFile(what: string, check: (text: string) => unknown = () => undefined) {
  return z.string(`must name a file with ${what}`).transform((file, problems) => {
    try {
      const text = readFileSync(file, 'utf8').trim();
      if (text === '') throw new Error('the file is empty');
      check(text);
      return text;
    } catch (error) {
      problems.addIssue({ code: 'custom', message: `must name a file with ${what}: ${reasonOf(error)}` });
      return z.NEVER;
    }
  });
}

/** The reason of an error for an operator. OpenSSL's messages do not help an operator who mixed up two files, so they are replaced. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isOfOpenSsl = 'code' in error && String(error.code).startsWith('ERR_OSSL');
  return isOfOpenSsl ? 'the file holds something else' : error.message;
}

/** The schema of a variable with the path of an existing folder. @param what the purpose of the folder */
export function folder(what: string) {
  return z
    .string()
    .refine((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true, `must be a folder: ${what}`);
}

/** The folder of pictures and documents, when no bucket holds them. */
export const objectsFolder = optional(
  folder('it holds pictures and documents, and all processes share it; leave it out with S3_BUCKET'),
);

/** Refuses a secret that could be guessed. @throws Error for fewer than 32 characters */
export function requireLong(text: string): void {
  if (text.length < 32) throw new Error('it has fewer than 32 characters');
}

/**
 * Parses the environment of a process.
 * @param more finds problems between several variables
 * @throws StartFailure that lists every problem with its remedy
 */
export function readVariables<Schema extends z.ZodType>(
  schema: Schema,
  variables: Variables,
  process: string,
  more: (variables: Variables) => readonly string[] = () => [],
): z.infer<Schema> {
  const parsed = schema.safeParse(variables);
  const issues = parsed.error?.issues ?? [];
  const problems = [
    ...issues.map(({ path, message }) => `${described(String(path[0]), variables)} ${message}`),
    ...more(variables),
  ];
  if (parsed.success && problems.length === 0) return parsed.data;
  const lines = [
    `The process "${process}" cannot start with this environment:`,
    ...problems.map((each) => `  ${each}`),
  ];
  throw new StartFailure(lines.join('\n'));
}

/** The variable and its value, for an error message. The value of a URL is omitted, because it may contain a password. */
function described(name: string, variables: Variables): string {
  const value = variables[name];
  return value === undefined || value === '' || name.endsWith('_URL') ? name : `${name}="${value}"`;
}
