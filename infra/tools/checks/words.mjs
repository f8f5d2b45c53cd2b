// Reports unclear phrases in comments, strings and pages. Generated files, applied migrations (whose checksums are
// fixed) and past decisions are not checked.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const ROOT = new URL('../../../', import.meta.url);

/** Phrases to avoid, each with its remedy. Case matters. */
const PHRASES = [
  [/\b(?:is|are|was|were|be|been|being) told\b/, 'name the action: deliver, publish, report, return'],
  [/\b[Tt]hat there (?:is|are|was|were)\b/, 'name the thing: "unknown subgraph", "existing files"'],
  [/\b[Ww]hat (?:is|are) no\b/, 'say what is wrong: "is not a GraphQL response"'],
  [/\b[Ss]o (?:much|long|many)\b(?! as\b)/, 'give the number and its unit'],
  [/\b(?:[Nn]obody|[Ss]omebody|[Ww]hoever)\b/, 'name the role: caller, operator, subscriber'],
  [/^\s*(?:\/\*\*|\*|\/\/|#|--)\s+(?:Of|Who|Those who|What|That which)\b/, 'begin with the noun'],
  [/\/\*\* (?:Of|Who|Those who|What|That which)\b/, 'begin with the noun'],
];
const WRITTEN = /\.(?:ts|mts|mjs|cjs|js|sql|md|graphql|yaml|yml|sh)$/;
const LEFT_OUT =
  /(?:__generated__|package-lock|subgraphs\/[a-z]+\/schema\.graphql$|^clients\/sdk\/schema\.graphql$|docs\/(?:events|scopes)\.md$|docs\/adr\/|checks\/words(?:\.test)?\.(?:mjs|ts)$|^findings\/|\/migrations\/)/;

/**
 * Finds the phrases in a text.
 * @param {string} text of a file
 * @returns {{ line: number, phrase: string, remedy: string }[]}
 */
export function flagged(text) {
  const lines = text.split('\n');
  return lines.flatMap((line, index) =>
    PHRASES.flatMap(([pattern, remedy]) => {
      const [phrase] = pattern.exec(line) ?? [];
      return phrase === undefined ? [] : [{ line: index + 1, phrase: phrase.trim(), remedy }];
    }),
  );
}

/** @returns {string[]} the phrases in all committed and new files, as `path:line: phrase (remedy)` */
function findings() {
  const { stdout } = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const only = process.argv.slice(2);
  return stdout
    .split('\n')
    .filter((path) => WRITTEN.test(path) && !LEFT_OUT.test(path))
    .filter((path) => only.length === 0 || only.some((folder) => path.startsWith(folder)))
    .flatMap((path) =>
      flagged(read(path)).map(({ line, phrase, remedy }) => `${path}:${line}: "${phrase}" (${remedy})`),
    );
}

function read(path) {
  try {
    return readFileSync(new URL(path, ROOT), 'utf8');
  } catch {
    return ''; // deleted, and not committed yet
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const found = findings();
  for (const each of found) console.log(each);
  process.exitCode = found.length > 0 ? 1 : 0;
}
