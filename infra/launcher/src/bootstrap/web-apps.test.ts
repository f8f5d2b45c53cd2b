import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from '@jest/globals';
import { outdatedWebApps, webAppFolders, webAppStamp } from '../../bootstrap/web-apps.mjs';

let root: string;

function write(file: string, text: string): void {
  mkdirSync(join(root, file, '..'), { recursive: true });
  writeFileSync(join(root, file), text);
}

const stamp = () => webAppStamp(root, 'clients/store');

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'souk-web-apps-'));
  const files = ['store/vite.config.ts', 'store/src/main.tsx', 'ui/src/index.ts', 'sdk/src/index.ts'];
  for (const file of files) write(`clients/${file}`, '');
});

test('a folder of clients/ with a configuration of Vite is a web app', () => {
  expect(webAppFolders(root)).toEqual(['clients/store']);
});

test.each(['clients/store/src/main.tsx', 'clients/ui/src/index.ts', 'clients/sdk/src/index.ts', 'package-lock.json'])(
  'a change of %s outdates the build',
  (file) => {
    write('clients/store/dist/.sources', stamp());
    expect(outdatedWebApps(root)).toEqual([]);
    write(file, 'changed');
    expect(outdatedWebApps(root)).toEqual(['clients/store']);
  },
);

test('a touched file, a test and the build itself do not', () => {
  const before = stamp();
  utimesSync(join(root, 'clients/store/src/main.tsx'), 1, 1);
  write('clients/store/src/cart.test.ts', 'test');
  write('clients/store/browser/buy.ts', 'test');
  write('clients/store/dist/index.html', 'page');
  expect(stamp()).toBe(before);
});

test('an app without a finished build is outdated', () => {
  write('clients/store/dist/index.html', 'page');
  expect(outdatedWebApps(root)).toEqual(['clients/store']);
});
