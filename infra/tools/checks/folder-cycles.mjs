import { posix } from 'node:path';

/**
 * Cycles between folders that import each other by value, each as its folders in alphabetical order. Folders are compared with
 * their siblings, at every depth: a file beside them may import them and be imported by them.
 * @param modules as dependency-cruiser reports them. Imports of types alone do not count.
 * @param isApart whether a file belongs to no folder: tests, and contracts, which import nothing beside them.
 * @param allowed imports between folders that do not count, as `from → to`.
 */
export function folderCycles(modules, isApart, allowed = []) {
  const imports = new Map();
  for (const { source, dependencies } of modules) {
    for (const { resolved, dependencyTypes } of isApart(source) ? [] : dependencies) {
      if (dependencyTypes.includes('type-only') || isApart(resolved)) continue;
      const [from, to] = siblingsOf(source, resolved);
      if (from === null || to === null || allowed.includes(`${from} → ${to}`)) continue;
      imports.set(from, (imports.get(from) ?? new Set()).add(to));
    }
  }
  return cyclesOf(imports);
}

/**
 * The folders of two files below the deepest folder that holds both; null for a file that lies in that folder itself, and where
 * that is the repository: the import rules say which of its folders may import which.
 */
function siblingsOf(one, other) {
  const [a, b] = [one, other].map((file) => posix.dirname(file).split('/'));
  let depth = 0;
  while (depth < Math.min(a.length, b.length) && a[depth] === b[depth]) depth += 1;
  return [a, b].map((folders) => (depth > 0 && folders.length > depth ? folders.slice(0, depth + 1).join('/') : null));
}

/** Folders that reach each other, in groups. */
function cyclesOf(imports) {
  const reached = new Map([...imports.keys()].map((from) => [from, reachableFrom(from, imports)]));
  const groups = [...reached].flatMap(([from, folders]) => {
    const group = [...folders].filter((to) => reached.get(to)?.has(from));
    return group.length > 0 ? [group.toSorted(byName).join(' ↔ ')] : [];
  });
  return [...new Set(groups)].toSorted(byName);
}

function reachableFrom(start, imports) {
  const reached = new Set();
  const waiting = [start];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const next of imports.get(folder) ?? []) {
      if (reached.has(next)) continue;
      reached.add(next);
      waiting.push(next);
    }
  }
  return reached;
}

function byName(one, other) {
  return one < other ? -1 : 1;
}
