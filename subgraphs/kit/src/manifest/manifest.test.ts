import { describe, expect, test } from '@jest/globals';
import { createPrivateKey } from 'node:crypto';
import { z } from 'zod';
import { BoxPacked, PackBox, BoxesRead, sampleManifest } from '../testing/sample/sample.subgraph.ts';
import { defineManifest } from './manifest.ts';
import type { ProcessKind } from './process-kind.ts';
import { declaredSecrets, makeSecret, randomText, rsaKey, secretsGivenTo } from './secret-files.ts';
import { declaredSettings, settingVariables } from './setting-variables.ts';

const source = {
  name: 'sample',
  port: 1,
  migrations: new URL('./', import.meta.url),
  contract: {},
  load: async () => null,
};

describe('a manifest', () => {
  test('has the events, commands and scopes of its contract, under their names', () => {
    expect(sampleManifest.events).toEqual([{ name: 'BoxPacked', definition: BoxPacked }]);
    expect(sampleManifest.commands).toEqual([{ name: 'PackBox', definition: PackBox }]);
    expect(sampleManifest.scopes).toEqual([{ name: 'BoxesRead', definition: BoxesRead }]);
  });

  test.each([
    ['an event', { contract: { BoxPacked } }, 'sample.box.packed'],
    ['a command', { contract: { PackBox } }, 'sample.packBox'],
    ['a job', { jobs: [{ name: 'sample.dust' }] }, 'sample.dust'],
  ])('refuses %s of another subgraph', (_what, part, name) => {
    expect(() => defineManifest({ ...source, name: 'other', ...part })).toThrow(
      `The manifest of other declares "${name}", which does not begin with "other."`,
    );
  });

  test('has no work for an undeclared worker', () => {
    expect(() => defineManifest({ ...source, jobs: [{ name: 'sample.dust', runsIn: 'worker' }] })).toThrow(
      'The manifest of sample declares no worker, but "sample.dust" runs in one',
    );
  });
});

describe('a secret', () => {
  const secrets = z.object({
    key: rsaKey({ variable: 'KEY_FILE', holds: 'the key' }),
    text: randomText({ variable: 'TEXT_FILE', holds: 'the text' }).optional(),
  });

  test('is declared with its file, and may be left out where the manifest says so', () => {
    expect(declaredSecrets({ secrets }).map(({ schema: _schema, ...each }) => each)).toEqual([
      { key: 'key', isOptional: false, variable: 'KEY_FILE', holds: 'the key', kind: 'RSA_KEY' },
      { key: 'text', isOptional: true, variable: 'TEXT_FILE', holds: 'the text', kind: 'RANDOM_TEXT' },
    ]);
  });

  test('is given to servers, and to a worker only where the manifest says so', () => {
    const dust = randomText({ variable: 'DUST_FILE', holds: 'the dust', givenTo: ['worker'] });
    const both = randomText({ variable: 'BOTH_FILE', holds: 'a text', givenTo: ['server', 'worker'] });
    const manifest = { secrets: z.object({ ...secrets.shape, dust, both }) };
    const keys = (kind: ProcessKind) => secretsGivenTo(kind, manifest).map(({ key }) => key);
    expect(keys('server')).toEqual(['key', 'text', 'both']);
    expect(keys('worker')).toEqual(['dust', 'both']);
    expect(() => defineManifest({ ...source, secrets: manifest.secrets })).toThrow(
      'The manifest of sample declares no worker, but gives "dust" to one',
    );
  });

  test('that a deployment generates passes the schema of the manifest', () => {
    for (const { kind, schema } of declaredSecrets({ secrets })) {
      expect(schema.safeParse(makeSecret(kind)).success).toBe(true);
      expect(schema.safeParse('short').success).toBe(false);
    }
    expect(createPrivateKey(makeSecret('RSA_KEY')).asymmetricKeyType).toBe('rsa');
  });

  test('must name its file', () => {
    expect(() => declaredSecrets({ secrets: z.object({ key: z.string() }) })).toThrow('The secret "key" names no file');
  });
});

test('the environment sets only settings that name a variable', () => {
  const everyMs = z.coerce.number().optional().register(settingVariables, { variable: 'EVERY_MS' });
  expect(declaredSettings({ settings: z.object({ everyMs, forTests: z.string() }) })).toEqual([
    { key: 'everyMs', variable: 'EVERY_MS', schema: everyMs },
  ]);
});
