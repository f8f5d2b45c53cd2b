import { posix } from 'node:path';

/**
 * Finds cycles of value imports between sibling folders, at every depth. Each cycle is a text with its folders in
 * alphabetical order. Files beside the folders are ignored.
 * @param modules as dependency-cruiser reports them. Type imports do not count.
 * @param isApart whether a file is ignored, such as a test or a contract.
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
 * Finds the deepest folder that contains both files. Returns the two subfolders of this folder in which the files are.
 * An entry is null for a file that is directly in this folder. Both entries are null when this folder is the
 * repository, whose folders are checked by other rules.
 */
function siblingsOf(one, other) {
  const [a, b] = [one, other].map((file) => posix.dirname(file).split('/'));
  let depth = 0;
  while (depth < Math.min(a.length, b.length) && a[depth] === b[depth]) depth += 1;
  return [a, b].map((folders) => (depth > 0 && folders.length > depth ? folders.slice(0, depth + 1).join('/') : null));
}

/** Groups the folders that reach each other through imports. */
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
