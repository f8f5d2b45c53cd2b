import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { openInstallation, startTestSouk, type TestInstallation, type TestSouk } from './testing/test-souk.ts';

// Runs each command of docs/guide.md in a shell, in the order of the page, and compares its output with the output on the page.

interface Block {
  readonly text: string;
  /** Values in the output that later commands use, each with the name of a shell variable and the path in the output. */
  readonly keeps: readonly (readonly [name: string, path: string])[];
}

interface Step {
  readonly command: Block;
  /** The output that docs/guide.md shows for the command. Null when it shows no output. */
  readonly answer: string | null;
}

const GUIDE = readFileSync(new URL('../../../docs/guide.md', import.meta.url), 'utf8');

let installation: TestInstallation;
let souk: TestSouk;
beforeAll(async () => {
  installation = await openInstallation();
  souk = await startTestSouk(installation);
  await souk.shop.offer({ north: 9, south: 0, price: '7.50', sku: 'PAD', name: 'Reporter pad' });
  await souk.shop.offer({ north: 9, south: 0, price: '59.00', sku: 'LAMP-CORK', name: 'Cork bedside lamp' });
});
afterAll(async () => {
  await souk.stop();
  await installation.database.drop();
});

/**
 * Returns the commands in one column of docs/guide.md, which is marked at the start of each code block. Each output belongs to the nearest
 * command before it.
 */
function stepsOf(column: string): readonly Step[] {
  const blocks = [...GUIDE.matchAll(/^```(sh|json) (\w+)(.*)\n([\s\S]*?)^```$/gm)].filter(
    ([, , name]) => name === column,
  );
  return blocks.flatMap(([, kind, , info = '', text = ''], index) => {
    if (kind !== 'sh') return [];
    const keeps = [...info.matchAll(/(\w+)=(\S+)/g)].map(([, name = '', path = '']) => [name, path] as const);
    const [, nextKind, , , answer = null] = blocks[index + 1] ?? [];
    return [{ command: { text, keeps }, answer: nextKind === 'json' ? answer : null }];
  });
}

async function answerOf(command: string, variables: Readonly<Record<string, string>>): Promise<unknown> {
  const { stdout } = await promisify(execFile)('/bin/sh', ['-euc', command], { env: { ...process.env, ...variables } });
  return JSON.parse(stdout);
}

function valueAt(answer: unknown, path: string): string {
  const value = path.split('.').reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)?.[key], answer);
  if (typeof value !== 'string') throw new Error(`${path} is not a string in ${JSON.stringify(answer)}`);
  return value;
}

/** Returns a matcher for an output in docs/guide.md. An ellipsis matches any text, and `$NAME` matches the value of a variable. */
function expected(answer: string, variables: Readonly<Record<string, string>>): object {
  const shown: unknown = JSON.parse(answer, (_key, value: unknown) => {
    if (value === '…') return expect.stringMatching(/./);
    return typeof value === 'string' && value.startsWith('$') ? variables[value.slice(1)] : value;
  });
  if (typeof shown !== 'object' || shown === null) throw new Error(`The page's output is not a JSON object: ${answer}`);
  return shown;
}

describe.each(['rest', 'graphql'])('the guide by %s', (column) => {
  test('shows the output of its commands', async () => {
    const variables: Record<string, string> = { SOUK: souk.url };
    const steps = stepsOf(column);
    expect(steps.length).toBeGreaterThanOrEqual(9);
    for (const { command, answer } of steps) {
      const given = await answerOf(command.text, variables);
      for (const [name, path] of command.keeps) variables[name] = valueAt(given, path);
      if (answer !== null) expect(given).toMatchObject(expected(answer, variables));
    }
  });
});

test('the page shows each command in both columns, and contains no URL of another origin', async () => {
  const page = await (await fetch(`${souk.url}/docs/guide`)).text();
  expect(page.match(/<figure class="rest"/g)?.length).toBe(page.match(/<figure class="graphql"/g)?.length);
  expect(page).toContain('Keep <code>data.order.id</code> as <code>ORDER</code>');
  expect(page.replace('SOUK=http://127.0.0.1:4000', '')).not.toMatch(/https?:|\/\/[a-z]|<script/);
});

test.each(['/', '/docs', '/docs/problems'])('%s links to the guide', async (path) => {
  expect(await (await fetch(`${souk.url}${path}`)).text()).toContain('href="/docs/guide"');
});
