import { expect, test } from '@jest/globals';
import { z } from 'zod';
import { defineRoute, handleRoute } from '../contracts/index.ts';
import { defineReader } from '../manifest/index.ts';
import { BoxPacked, labelReader, deliveryReader, PackBox, sampleManifest } from '../testing/sample/sample.subgraph.ts';
import { requireAgreement } from './manifest-agreement.ts';

const command = { command: PackBox, handle: async () => ({}) };
const nothing = z.object({});
const shelves = defineRoute({ path: '/shelves', callers: 'ANYONE', query: nothing, reply: nothing });
const subscribers = [{ reader: labelReader }, { reader: deliveryReader }];
const jobs = [{ name: 'sample.weigh' }, { name: 'sample.dust' }];

test('a subgraph that creates what it declares agrees with its manifest, in any order', () => {
  const created = { commands: [command], routes: [], subscribers, jobs: jobs.toReversed(), hasSubscriptions: false };
  expect(() => requireAgreement(sampleManifest, created)).not.toThrow();
});

test('every difference is named', () => {
  const created = {
    commands: [command, command],
    routes: [handleRoute(shelves, async () => ({}))],
    subscribers: [{ reader: labelReader }, { reader: defineReader({ name: deliveryReader.name, event: BoxPacked }) }],
    jobs: [{ name: 'sample.weigh' }, { name: 'sample.paint' }],
    hasSubscriptions: true,
  };
  expect(() => requireAgreement(sampleManifest, created)).toThrow(
    [
      'The subgraph sample and its manifest differ:',
      '  command sample.packBox v1 is created twice',
      '  route /shelves is created and not declared',
      '  reader sample.deliver-box is declared and not created',
      '  reader sample.deliver-box (another declaration) is created and not declared',
      '  job sample.dust is declared and not created',
      '  job sample.paint is created and not declared',
      '  its code has GraphQL subscriptions or its manifest has feeds, but not both',
    ].join('\n'),
  );
});
