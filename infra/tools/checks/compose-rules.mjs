// Security rules for each service in compose.yaml.

/** Services that need a writable root file system, with the reason. */
const WRITABLE = new Map([['elasticsearch', 'writes into its own program folder']]);
/** The Docker networks. The value is true for an internal network, which has no route to the outside. */
const NETWORKS = { edge: false, subgraphs: true, data: true };
/**
 * Matches an image with an exact release or a digest, as the default of a variable. Releases of Postgres have two
 * numbers.
 */
const EXACT_IMAGE =
  /^\$\{[A-Z_]+_IMAGE:-[^:@}]+((?<=postgres):\d+\.\d+-[\w.-]+|:v?\d+\.\d+\.\d+[\w.-]*|:RELEASE\.[\w-]+|@sha256:[0-9a-f]{64})\}$/;

/** The configuration file that requires clients to log in, by a part of the image name. */
const LOGIN_FILES = { 'redis:': '/run/secrets/redis-conf', 'nats:': '/etc/nats/nats.conf' };

/** Rules for services. A rule returns true, or the problem as text. */
export const SERVICE_RULES = {
  capabilities: ({ cap_drop = [], cap_add = [] }) =>
    (cap_drop.includes('ALL') && cap_add.length === 0) || 'has to drop ALL capabilities and add none',
  'new privileges': ({ security_opt = [], privileged = false }) =>
    (security_opt.includes('no-new-privileges:true') && !privileged) || 'has to forbid new privileges',
  'read-only root': ({ read_only = false }, name) => read_only || WRITABLE.has(name) || 'has to have a read-only root',
  memory: ({ mem_limit }) => mem_limit !== undefined || 'has to have a limit of memory',
  processors: ({ cpus }) => cpus !== undefined || 'has to have a limit of processors',
  processes: ({ pids_limit }) => pids_limit > 0 || 'has to have a limit of processes',
  logs: ({ logging }) =>
    (logging?.options?.['max-size'] !== undefined && logging.options['max-file'] !== undefined) ||
    'has to rotate its logs',
  networks: ({ networks = [] }) =>
    (networks.length > 0 && networks.every((each) => Object.hasOwn(NETWORKS, each))) ||
    `has to name its networks among ${Object.keys(NETWORKS).join(', ')}`,
  image: ({ image, build }) =>
    build !== undefined || EXACT_IMAGE.test(image) || `has to run one release of an image, not ${image}`,
  'a login for clients': ({ image = '', command = [] }) =>
    Object.entries(LOGIN_FILES).every(([engine, file]) => !image.includes(engine) || command.includes(file)) ||
    'has to read the file that asks its clients for a login',
  'the superuser of Postgres': ({ environment = {}, secrets = [] }, name) =>
    name === 'postgres' ||
    !(secrets.includes('postgres-password') || /:\/\/postgres@/.test(JSON.stringify(environment))) ||
    'must not log in as the superuser of Postgres',
};

/** A violation of each rule. Each violation is a set of keys that replace the keys of a correct service. */
export const SEEDS = {
  capabilities: { cap_add: ['NET_ADMIN'] },
  'new privileges': { security_opt: [] },
  'read-only root': { read_only: false },
  memory: { mem_limit: undefined },
  processors: { cpus: undefined },
  processes: { pids_limit: -1 },
  logs: { logging: { driver: 'json-file' } },
  networks: { networks: ['default'] },
  image: { build: undefined, image: 'redis:7-alpine' },
  'a login for clients': { image: '${REDIS_IMAGE:-redis:7.2.10-alpine}', command: ['redis-server'] },
  'the superuser of Postgres': { environment: { DATABASE_ADMIN_URL: 'postgres://postgres@postgres:5432/souk' } },
};

/** Lists every violated rule as a sentence. */
export function composeRuleProblems(file, { services, networks = {} }) {
  return [
    ...Object.entries(services).flatMap(([name, service]) =>
      problemsOf(name, service).map((each) => `${file} ${each}`),
    ),
    ...networkProblems(services, networks).map((each) => `${file} ${each}`),
    ...blindRules(services),
  ];
}

function problemsOf(name, service) {
  return Object.values(SERVICE_RULES)
    .map((rule) => rule(service, name))
    .filter((verdict) => verdict !== true)
    .map((verdict) => `${name} ${verdict}`);
}

/** Checks that only the network `edge` is public, and that no service is on both `edge` and `data`. */
function networkProblems(services, networks) {
  const declared = Object.entries(NETWORKS).filter(
    ([name, isInternal]) => (networks[name]?.internal ?? false) !== isInternal,
  );
  const on = (network) => Object.keys(services).filter((name) => services[name].networks?.includes(network));
  return [
    ...declared.map(([name, isInternal]) => `the network ${name} has to be ${isInternal ? '' : 'not '}internal`),
    ...on('edge')
      .filter((name) => on('data').includes(name))
      .map((name) => `${name} joins the networks edge and data`),
    ...Object.entries(services)
      .filter(([name, { ports = [] }]) => ports.length > 0 && !on('edge').includes(name))
      .map(([name]) => `${name} publishes a port and is not on the network edge`),
  ];
}

/** Lists rules that do not find their seeded violation. Such a rule passes every service. */
function blindRules(services) {
  const [[name, service] = ['none', {}]] = Object.entries(services).filter(
    ([each]) => problemsOf(each, services[each]).length === 0,
  );
  return Object.entries(SERVICE_RULES)
    .filter(([rule, find]) => find({ ...service, ...SEEDS[rule] }, name) === true)
    .map(([rule]) => `the compose rule "${rule}" does not find its seeded violation`);
}
