/**
 * Resolves with the answer, unless the answer takes longer. An answer that arrived while this process was busy is in time.
 * @throws Error of `answer`, or an error after `patienceMs`
 */
export function withPatience<Answer>(answer: Promise<Answer>, patienceMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${patienceMs} ms`));
    // Waits one turn of the event loop: sockets are read after timers, and an answer may have arrived.
    const timer = setTimeout(() => setImmediate(late), patienceMs);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
