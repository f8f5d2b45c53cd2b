import { readFileSync } from 'node:fs';
import { ROOT, type GeneratedFile } from '../generate/generated-file.ts';
import { readMigrations, type MigrationFile } from './migration-files.ts';

/** As `sha256sum -c` reads it. */
const FILE = 'subgraphs/migrations.sha256';

/** The checksum of each migration when it came to be, by path. */
export function recordedChecksums(text: string = readFileSync(`${ROOT}${FILE}`, 'utf8')): ReadonlyMap<string, string> {
  const entries = text.split('\n').flatMap((line) => {
    const [checksum, path] = line.split('  ');
    return checksum && path ? [[path, checksum] as const] : [];
  });
  return new Map(entries);
}

/** Migrations that are not what they were, or are gone: databases on which they ran have something else. */
export function changedMigrations(
  recorded: ReadonlyMap<string, string>,
  present: readonly MigrationFile[],
): readonly string[] {
  const checksums = new Map(present.map(({ path, checksum }) => [path, checksum]));
  return [...recorded].filter(([path, checksum]) => checksums.get(path) !== checksum).map(([path]) => path);
}

/** The record with new migrations added. What is in it stays: a file that was changed is not excused by generating. */
export function checksumsFile(): GeneratedFile {
  const recorded = recordedChecksums();
  const added = readMigrations().filter(({ path }) => !recorded.has(path));
  const all = [...recorded, ...added.map(({ path, checksum }) => [path, checksum] as const)];
  const lines = all
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, checksum]) => `${checksum}  ${path}\n`);
  return { path: FILE, text: lines.join('') };
}
