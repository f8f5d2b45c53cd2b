import { readFileSync } from 'node:fs';
import { ROOT, type GeneratedFile } from '../generate/generated-file.ts';
import { readMigrations, type MigrationFile } from './migration-files.ts';

/** The file of checksums, in the format of `sha256sum -c`. */
const FILE = 'subgraphs/migrations.sha256';

/** Reads the recorded checksum of each migration, by path. */
export function recordedChecksums(text: string = readFileSync(`${ROOT}${FILE}`, 'utf8')): ReadonlyMap<string, string> {
  const entries = text.split('\n').flatMap((line) => {
    const [checksum, path] = line.split('  ');
    return checksum && path ? [[path, checksum] as const] : [];
  });
  return new Map(entries);
}

/** Lists the recorded migrations that were changed or deleted. Some databases have already run the recorded version. */
export function changedMigrations(
  recorded: ReadonlyMap<string, string>,
  present: readonly MigrationFile[],
): readonly string[] {
  const checksums = new Map(present.map(({ path, checksum }) => [path, checksum]));
  return [...recorded].filter(([path, checksum]) => checksums.get(path) !== checksum).map(([path]) => path);
}

/** Adds the checksums of new migrations. Existing entries are kept, so a changed migration is not accepted silently. */
export function checksumsFile(): GeneratedFile {
  const recorded = recordedChecksums();
  const added = readMigrations().filter(({ path }) => !recorded.has(path));
  const all = [...recorded, ...added.map(({ path, checksum }) => [path, checksum] as const)];
  const lines = all
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, checksum]) => `${checksum}  ${path}\n`);
  return { path: FILE, text: lines.join('') };
}
