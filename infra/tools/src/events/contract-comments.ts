import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Reads the doc comments in all contracts, by the name of the documented constant.
 * @param root absolute path of the repository
 */
export async function contractComments(
  root: string,
  subgraphs: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const sources = await Promise.all(
    subgraphs.map((name) => readFile(join(root, 'subgraphs', name, 'src/contract.ts'), 'utf8')),
  );
  return new Map(sources.flatMap(commentsIn));
}

function commentsIn(source: string): [string, string][] {
  const documented = source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\nexport const (\w+) = define/g);
  return Array.from(documented, ([, comment = '', name = '']) => [name, textOf(comment)]);
}

function textOf(comment: string): string {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*\s?/, '').trim());
  return lines.filter((line) => line !== '').join(' ');
}
