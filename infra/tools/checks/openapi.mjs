// Checks docs/openapi.json against Spectral's rules for OpenAPI and for the OWASP API Security Top 10. Warnings fail the check.
import spectral from '@stoplight/spectral-core';
import owasp from '@stoplight/spectral-owasp-ruleset';
import rulesets from '@stoplight/spectral-rulesets';
import { readFile } from 'node:fs/promises';

const FILE = 'docs/openapi.json';
const ROOT = new URL('../../../', import.meta.url).pathname;

const linter = new spectral.Spectral();
linter.setRuleset(new spectral.Ruleset({ extends: [rulesets.oas, owasp.default ?? owasp] }));
const problems = await linter.run(await readFile(`${ROOT}${FILE}`, 'utf8'));
for (const { code, path, message } of problems) console.error(`${FILE} ${path.join('.')}: ${message} (${code})`);
process.exit(problems.length > 0 ? 1 : 0);
