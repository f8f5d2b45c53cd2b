import { expect, test } from '@jest/globals';
import { nodeCandidates } from '../../bootstrap/node-runtime.mjs';

const running = (version: string) => ({ version, execPath: '/usr/bin/node' });

test('the packaged Node runs Souk, or else the running Node if it is new enough', () => {
  expect(nodeCandidates('/clone/node', running('22.3.0'))).toEqual(['/clone/node', '/usr/bin/node']);
  expect(nodeCandidates(null, running('24.0.0'))).toEqual(['/usr/bin/node']);
});

test('an old Node never runs Souk itself', () => {
  expect(nodeCandidates('/clone/node', running('20.20.2'))).toEqual(['/clone/node']);
  expect(nodeCandidates(null, running('20.20.2'))).toEqual([]);
});
