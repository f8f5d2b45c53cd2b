// Checks docs/asyncapi.json against the AsyncAPI specification and Spectral's rules. Style hints do not fail the check.
import spectral from '@stoplight/spectral-core';
import rulesets from '@stoplight/spectral-rulesets';
import { readFile } from 'node:fs/promises';

const FILE = 'docs/asyncapi.json';
const ROOT = new URL('../../../', import.meta.url).pathname;
const ERROR = 0;

const linter = new spectral.Spectral();
linter.setRuleset(new spectral.Ruleset({ extends: [rulesets.asyncapi] }));
const found = await linter.run(await readFile(`${ROOT}${FILE}`, 'utf8'));
const problems = found.filter(({ severity }) => severity === ERROR);
for (const { code, path, message } of problems) console.error(`${FILE} ${path.join('.')}: ${message} (${code})`);
process.exit(problems.length > 0 ? 1 : 0);
