/** What each command is for, in a line, and what a person may tell it. */
const COMMANDS = {
  start: [
    'the whole of Souk in one process, with its own Postgres and two demo shops',
    `  npm start

Takes no arguments. Environment variables change what it does, each with its default:

  PORT=4000                 0 takes any free port
  HOST=127.0.0.1            0.0.0.0 for every address of this machine
  SOUK_DATA_DIR=.data       everything that Souk keeps
  LOG_LEVEL=info            of logs/souk.log in the data folder
  SOUK_TERMINAL_LOG=warn    what the terminal shows of that log; from info on with the stacks of errors
  SOUK_OPERATIONS=any       persisted: only the operations of clients/operations
  SOUK_PLAYGROUND=on        off: no /playground
  SOUK_CORS_ORIGINS=...     origins whose pages may call; pages on localhost may while HOST is a loopback address
  DATABASE_URL=...          a Postgres of yours, instead of the embedded one
  REDIS_URL=...             a Redis for the counters and ended sessions that gateways share
  REDIS_CACHE_URL=...       a second Redis, for cached responses and texts of operations

docs/protection.md has the others.`,
  ],
  dev: [
    'npm start for developers: restarts when a file is saved, with a debugger and stacks of TypeScript',
    `  npm run dev

Takes no arguments. The environment variables of npm start, and those that have other defaults here:

  NODE_ENV=development             checks of graphql-js that production leaves out
  SOUK_TERMINAL_LOG=info           what the terminal shows of the log
  SOUK_INSPECT=127.0.0.1:9229      where debuggers attach

docs/debugging.md says more.`,
  ],
  demo: [
    "a buyer's order against a running server, to watch",
    `  npm run demo [-- URL]

  URL    of the server: http://127.0.0.1:4000`,
  ],
  gateway: ['the gateway alone, before the subgraphs that a supergraph names', null],
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

  PORT=4000                      of the front
  HOST=127.0.0.1                 of the front
  SOUK_DATA_DIR=.data/cluster    everything that it keeps
  LOG_LEVEL=info                 of every process

docs/running.md has the others.`,
  ],
  test: [
    'all tests, or those of a folder',
    `  npm test [-- FOLDER ...] [-- -t 'NAME']

  npm test -- subgraphs/orders
  npm test -- -t 'two buyers'

Further arguments go to Jest.`,
  ],
  build: ['builds dist/ of every package', '  npm run build\n\nTakes no arguments.'],
};

/** All commands, or what one of them takes. Null for a command that explains itself. @param name one of them, or undefined. */
export function helpOf(name) {
  if (name === undefined) return overview();
  const [purpose, usage] = COMMANDS[name];
  return usage === null ? null : `${purpose[0].toUpperCase()}${purpose.slice(1)}.\n\n${usage}\n`;
}

/** Whether arguments ask for help rather than for work. */
export function asksForHelp(args) {
  return args.some((each) => each === '--help' || each === '-h');
}

function overview() {
  const lines = Object.entries(COMMANDS).map(([name, [purpose]]) => `  ${name.padEnd(9)}${purpose}`);
  return `Souk: a multi-tenant commerce platform that you call as one GraphQL graph.

  node infra/launcher/souk.cjs COMMAND [arguments]

${lines.join('\n')}

  COMMAND --help says more. npm start, npm test and npm run COMMAND call these; README.md lists every npm script.
`;
}
