/**
 * Resolves with the answer, unless the answer takes longer. An answer that arrived in time counts, even when this process was too busy to
 * read it in time.
 * @throws Error of `answer`, or an error after `patienceMs`
 */
export function withPatience<Answer>(answer: Promise<Answer>, patienceMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${patienceMs} ms`));
    // Waits for one more turn of the event loop, because sockets are read after timers, and an answer may have arrived.
    const timer = setTimeout(() => setImmediate(late), patienceMs);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
