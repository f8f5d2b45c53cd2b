const COMMANDS = {
  start: [
    'the whole of Souk in one process, with its own Postgres and two demo shops',
    `  npm start

Takes no arguments. Environment variables change what it does, each with its default:

  PORT=4000                 0 takes any free port
  HOST=127.0.0.1            0.0.0.0 for every address of this machine
  SOUK_DATA_DIR=.data       all files of Souk
  LOG_LEVEL=info            level of logs/souk.log in the data folder
  SOUK_TERMINAL_LOG=warn    level of the terminal; from info on with stacks of errors
  SOUK_OPERATIONS=any       persisted: only the operations of clients/operations
  SOUK_PLAYGROUND=on        off: no /playground
  SOUK_ENGINE=own           apollo: queries and mutations run by @apollo/gateway and @apollo/server
  SOUK_CORS_ORIGINS=...     origins whose pages may call; default: pages on localhost while HOST is a loopback address
  DATABASE_URL=...          a Postgres of your own instead of the embedded one
  REDIS_URL=...             a Redis for the rate counters and ended sessions that gateways share
  REDIS_CACHE_URL=...       a second Redis, for cached responses and operation texts
  ELASTICSEARCH_URL=...     an Elasticsearch that answers searches instead of Postgres

The other variables: docs/protection.md and docs/running.md.`,
  ],
  dev: [
    'npm start for developers: restarts when a file is saved, with a debugger and stacks of TypeScript',
    `  npm run dev

Takes no arguments. The environment variables of npm start, and these with other defaults:

  NODE_ENV=development             checks of graphql-js that production leaves out
  SOUK_TERMINAL_LOG=info           level of the terminal
  SOUK_INSPECT=127.0.0.1:9229      address for debuggers

More: docs/debugging.md.`,
  ],
  demo: [
    "a buyer's order against a running server, to watch",
    `  npm run demo [-- URL]

  URL    of the server, default http://127.0.0.1:4000`,
  ],
  gateway: ['the gateway alone, in front of the subgraphs of a supergraph file', null],
  serve: [
    'one process of a deployment: the gateway, or one subgraph; also migrate',
    `  npm run serve -- gateway|migrate|NAME

NAME is a subgraph, or the worker of one (accounts-worker). Without a name, the command lists them.

Its environment variables are in docs/running.md.`,
  ],
  cluster: [
    'two of each process on this machine, behind one front',
    `  npm run cluster

Needs the programs nats-server and redis-server. Takes no arguments; environment variables, each with its default:

  PORT=4000                      port of the front
  HOST=127.0.0.1                 address of the front
  SOUK_DATA_DIR=.data/cluster    all files of the cluster
  LOG_LEVEL=info                 log level of every process

The other variables: docs/running.md.`,
  ],
  test: [
    'all tests, or those of a folder',
    `  npm test [-- FOLDER ...] [-- -t 'NAME']

  npm test -- subgraphs/orders
  npm test -- -t 'two buyers'

Further arguments go to Jest.`,
  ],
  build: ['builds dist/ of every package for Node', '  npm run build\n\nTakes no arguments.'],
  'build-web': [
    'builds the web apps whose sources have changed',
    '  npm run build:web\n\nTakes no arguments. npm start builds them too.',
  ],
};

/**
 * The list of commands, or the help of one command. Null when the command prints its own help.
 * @param name a command, or undefined for the list
 */
export function helpOf(name) {
  if (name === undefined) return overview();
  const [purpose, usage] = COMMANDS[name];
  return usage === null ? null : `${purpose[0].toUpperCase()}${purpose.slice(1)}.\n\n${usage}\n`;
}

/** Whether the arguments ask for help. */
export function asksForHelp(args) {
  return args.some((each) => each === '--help' || each === '-h');
}

function overview() {
  const lines = Object.entries(COMMANDS).map(([name, [purpose]]) => `  ${name.padEnd(11)}${purpose}`);
  return `Souk: a multi-tenant commerce platform that you call as one GraphQL graph.

  node infra/launcher/souk.cjs COMMAND [arguments]

${lines.join('\n')}

  COMMAND --help shows its usage. npm start, npm test and npm run COMMAND call these; README.md lists every npm script.
`;
}
