/** Lifetime of a cached look-up, in ms. A change works at every gateway after this time at the latest, also when its event is lost. */
const BELIEVED_MS = 10_000;
/**
 * How long to wait for the subgraph, in ms. Afterwards the gateway uses the previous look-up, because a hanging process must not
 * delay requests.
 */
const PATIENCE_MS = 250;
/** The maximum number of cached names. Without a limit, requests with random host names would fill the memory. */
const REMEMBERED = 10_000;

/** Cached look-ups by name. */
export interface Remembered<Answer> {
  get(name: string): Promise<Answer>;
  /** Drops the cached look-up of a name. */
  forget(name: string): void;
  /** Drops all cached look-ups. */
  clear(): void;
}

/**
 * Caches look-ups in a subgraph for `BELIEVED_MS`. While the subgraph fails or hangs, the previous result is used.
 * @param ask looks up a name. A rejection is not cached.
 */
export function remembered<Answer>(ask: (name: string) => Promise<Answer>): Remembered<Answer> {
  const answers = new Map<string, { readonly answer: Promise<Answer>; readonly until: number }>();
  const get = (name: string) => {
    const known = answers.get(name);
    if (known && known.until > performance.now()) return known.answer;
    if (answers.size >= REMEMBERED) answers.clear();
    const answer = known ? newOrKnown(ask(name), known.answer) : ask(name);
    answers.set(name, { answer, until: performance.now() + BELIEVED_MS });
    // A failed look-up is not cached.
    answer.catch(() => answers.delete(name));
    return answer;
  };
  return { get, forget: (name) => void answers.delete(name), clear: () => answers.clear() };
}

/**
 * Resolves to the new look-up, or to the previous look-up when the subgraph fails or is too slow. The results rarely change, so
 * the previous look-up is usually right.
 */
function newOrKnown<Answer>(asked: Promise<Answer>, known: Promise<Answer>): Promise<Answer> {
  return new Promise((resolve) => {
    const useKnown = () => resolve(known);
    const timer = setTimeout(useKnown, PATIENCE_MS);
    void asked.then(resolve, useKnown).finally(() => clearTimeout(timer));
  });
}
