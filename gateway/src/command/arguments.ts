import { err, ok, type Result } from '@souk/kit/domain';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { z } from 'zod';
import type { OverrideShares } from '@souk/engine/supergraph';
import { DEFAULT_LIMITS, type GatewayLimits } from '../gateway-options.ts';
import { systemCode } from './start-problem.ts';

/** The parsed options of the command line. */
export interface CommandOptions {
  /** The path of a supergraph's SDL, or of a `supergraph.yaml` with subgraphs to compose. */
  readonly supergraph: string;
  readonly host: string;
  /** The port. 0 chooses any free port. */
  readonly port: number;
  /** Whether the gateway loads the supergraph again when its file changes. */
  readonly watch: boolean;
  readonly introspection: boolean;
  readonly playground: boolean;
  /** Whether clients may read query plans. */
  readonly queryPlans: boolean;
  /** Names of the clients' headers that every subgraph receives, in lower case. */
  readonly forwardHeaders: readonly string[];
  /** URLs by subgraph name. They override the URLs in the supergraph. */
  readonly subgraphUrls: ReadonlyMap<string, string>;
  /** Deadline of one exchange with a subgraph, in milliseconds. */
  readonly timeoutMs: number;
  readonly limits: Partial<GatewayLimits>;
  /** The percentage of requests, 0 to 100, for which a label of `@override` is in effect. */
  readonly overrides: OverrideShares;
  /**
   * `masked` replaces the message of a subgraph's error by a generic message when the error has no code. `passed` sends
   * the message to clients.
   */
  readonly subgraphErrors: 'masked' | 'passed';
  readonly logLevel: string;
}

const OPTIONS = {
  supergraph: { type: 'string' },
  port: { type: 'string', default: '4000' },
  host: { type: 'string', default: '127.0.0.1' },
  watch: { type: 'boolean', default: true },
  introspection: { type: 'boolean', default: true },
  playground: { type: 'boolean', default: true },
  'query-plans': { type: 'boolean', default: false },
  'forward-header': { type: 'string', multiple: true, default: [] },
  'subgraph-url': { type: 'string', multiple: true, default: [] },
  'subgraph-errors': { type: 'string', default: 'masked' },
  override: { type: 'string', multiple: true, default: [] },
  timeout: { type: 'string', default: '30000' },
  limit: { type: 'string', multiple: true, default: [] },
  'log-level': { type: 'string', default: 'warn' },
  help: { type: 'boolean', short: 'h', default: false },
} as const satisfies ParseArgsOptionsConfig;

/** The output of `--help`. */
export const HELP = `Serves a federated supergraph, calling its subgraphs at the addresses in it.

  npm run gateway -- --supergraph FILE [options]

  --supergraph FILE         the supergraph's SDL, or a supergraph.yaml with subgraphs to compose
  --port N                  4000; 0 takes any free port
  --host ADDRESS            127.0.0.1; 0.0.0.0 for every address of this machine
  --forward-header NAME     a header of clients that every subgraph gets; may be given several times. None by default
  --subgraph-url NAME=URL   calls a subgraph elsewhere than the supergraph says; may be given several times
  --subgraph-errors HOW     masked: errors without an extensions.code say "Something went wrong", and are logged; passed: as they are
  --override LABEL=PERCENT  the share of requests, 0 to 100, for which a label of @override holds; may be given several times. 0 by
                            default, and n for a label percent(n)
  --timeout MS              30000: how long a subgraph may take for an answer
  --limit NAME=N            how much a client may ask; may be given several times. ${limitDefaults()}
  --no-introspection        clients may not read the schema; without --no-playground the playground then knows no fields
  --no-playground           nothing at /playground
  --query-plans             clients get an operation's plan for the header Apollo-Expose-Query-Plan
  --no-watch                a change of FILE is served after SIGHUP only
  --log-level LEVEL         warn; trace, debug, info, warn, error or silent. The log goes to the standard error output
  --help                    this text

Serves /graphql (HTTP, server-sent events, graphql-transport-ws), /playground, /health/live and /health/ready.
SIGHUP reads FILE again; SIGINT and SIGTERM finish what is under way and end.
`;

/**
 * Header fields of a single connection (RFC 9110, section 7.6.1), and header fields that the gateway sets for each
 * request. A request with forwarded fields of these names would fail.
 */
const NOT_FORWARDED = new Set(
  'accept accept-encoding connection content-encoding content-length content-type expect host keep-alive proxy-connection te trailer transfer-encoding upgrade x-request-id x-correlation-id'.split(
    ' ',
  ),
);

const WHOLE = /^\d+$/;

const valuesSchema = z.object({
  supergraph: z.string('--supergraph FILE is missing').min(1, '--supergraph names no file'),
  host: z.string().regex(/^[\w.:-]+$/, '--host must be a name or an address, like 127.0.0.1'),
  port: z
    .string()
    .regex(WHOLE, '--port must be a number from 0 to 65535')
    .transform(Number)
    .pipe(z.number().max(65_535, '--port must be a number from 0 to 65535')),
  timeout: z
    .string()
    .regex(/^[1-9]\d*$/, '--timeout must be a number of milliseconds')
    .transform(Number),
  'forward-header': z.array(
    z
      .string()
      .toLowerCase()
      .regex(/^[!#$%&'*+.^_`|~\w-]+$/, '--forward-header must be the name of a header')
      .refine((name) => !NOT_FORWARDED.has(name), '--forward-header names a header that is made anew for each request'),
  ),
  'subgraph-url': z.array(
    z.string().regex(/^[^=]+=https?:\/\/.+$/, '--subgraph-url must look like NAME=http://127.0.0.1:4001/graphql'),
  ),
  override: z.array(
    z
      .string()
      .regex(
        /^[^=]+=(100|\d{1,2}(\.\d+)?)$/,
        '--override must be a label and a percentage from 0 to 100, like new-stock=25',
      ),
  ),
  limit: z.array(
    z
      .string()
      .regex(/^\w+=\d+$/, `--limit must look like depth=20`)
      .refine(
        (limit) => nameOf(limit) in DEFAULT_LIMITS,
        `--limit must name one of ${Object.keys(DEFAULT_LIMITS).join(', ')}`,
      ),
  ),
  'subgraph-errors': z.enum(['masked', 'passed'], '--subgraph-errors must be masked or passed'),
  'log-level': z.enum(
    ['trace', 'debug', 'info', 'warn', 'error', 'silent'],
    '--log-level must be trace, debug, info, warn, error or silent',
  ),
  watch: z.boolean(),
  introspection: z.boolean(),
  playground: z.boolean(),
  'query-plans': z.boolean(),
  help: z.boolean(),
});

/**
 * Parses the arguments.
 * @returns the options, `'help'` for `--help`, or the errors in the arguments, one per line
 */
export function readArguments(args: readonly string[]): Result<CommandOptions | 'help', string> {
  const split = splitArguments(args);
  if (!split.ok) return split;
  if (split.value.help === true) return ok('help');
  const parsed = valuesSchema.safeParse(split.value);
  if (!parsed.success) return err(parsed.error.issues.map(({ message }) => message).join('\n'));
  const {
    timeout,
    limit,
    override,
    'forward-header': forwardHeaders,
    'subgraph-url': urls,
    'subgraph-errors': subgraphErrors,
    'log-level': logLevel,
    'query-plans': queryPlans,
    help: _help,
    ...rest
  } = parsed.data;
  return ok({
    ...rest,
    forwardHeaders,
    logLevel,
    subgraphErrors,
    queryPlans,
    timeoutMs: timeout,
    overrides: Object.fromEntries(override.map((each) => [nameOf(each), Number(each.slice(each.indexOf('=') + 1))])),
    subgraphUrls: new Map(urls.map((each) => [nameOf(each), each.slice(each.indexOf('=') + 1)] as const)),
    limits: Object.fromEntries(limit.map((each) => [nameOf(each), Number(each.slice(each.indexOf('=') + 1))])),
  });
}

function splitArguments(args: readonly string[]): Result<Readonly<Record<string, unknown>>, string> {
  try {
    return ok(parseArgs({ args: [...args], options: OPTIONS, allowNegative: true, strict: true }).values);
  } catch (error) {
    if (systemCode(error)?.startsWith('ERR_PARSE_ARGS') !== true) throw error;
    // The first sentence of Node's message contains the argument. The second sentence wrongly guesses that the user meant a positional
    // argument.
    const [sentence = ''] = String(error)
      .replace(/^TypeError \[\w+\]: /, '')
      .split(/\. |\.?\n/);
    return err(sentence);
  }
}

function nameOf(pair: string): string {
  return pair.slice(0, pair.indexOf('='));
}

function limitDefaults(): string {
  return Object.entries(DEFAULT_LIMITS)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
