// Draws comments at random, so that a person who has not seen the code can judge how they read. See CONTRIBUTING.md.
// Usage: node infra/tools/checks/sample-comments.mjs [SEED] [COUNT] [FOLDER...]
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);
const SOURCE = /\.(?:ts|tsx|mts|mjs)$/;
const GENERATED = /__generated__/;
/** Matches a block comment, or consecutive line comments. */
const COMMENT = /^[ \t]*\/\*\*[\s\S]*?\*\/|^[ \t]*\/\/.*(?:\n[ \t]*\/\/.*)*/gm;

/**
 * Finds the comments of a source file.
 * @param {string} text of the file
 * @returns {{ line: number, comment: string, code: string }[]} `code` is the line below the comment
 */
export function commentsOf(text) {
  return [...text.matchAll(COMMENT)].map((match) => {
    const end = match.index + match[0].length;
    const code = text.slice(end).split('\n').slice(0, 2).join('\n').trim().split('\n')[0] ?? '';
    return { line: text.slice(0, match.index).split('\n').length, comment: match[0], code };
  });
}

/**
 * Draws entries without repetition. The same seed draws the same entries from the same list.
 * @template T
 * @param {readonly T[]} entries
 * @param {number} count at most
 * @param {number} seed an integer
 * @returns {T[]}
 */
export function draw(entries, count, seed) {
  const left = [...entries];
  const random = mulberry32(seed);
  return Array.from({ length: Math.min(count, left.length) }, () => {
    const [entry] = left.splice(Math.floor(random() * left.length), 1);
    return entry;
  });
}

/** Mulberry32 by Tommy Ettinger (public domain): pseudorandom numbers in [0, 1). */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function sources(folders) {
  const { stdout } = spawnSync('git', ['ls-files'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 26 });
  return stdout
    .split('\n')
    .filter((path) => SOURCE.test(path) && !GENERATED.test(path))
    .filter((path) => folders.length === 0 || folders.some((folder) => path.startsWith(folder)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [seedText, countText = '60', ...folders] = process.argv.slice(2);
  const seed = Number(seedText ?? Date.now() % 2 ** 32);
  const all = sources(folders).flatMap((path) =>
    commentsOf(readFileSync(new URL(path, ROOT), 'utf8')).map((found) => ({ path, ...found })),
  );
  const drawn = draw(all, Number(countText), seed);
  console.log(`seed ${seed}: ${drawn.length} of ${all.length} comments\n`);
  for (const [index, { path, line, comment, code }] of drawn.entries()) {
    console.log(`${index + 1}. ${path}:${line}\n${comment}\n${code}\n`);
  }
}
