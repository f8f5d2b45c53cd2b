/**
 * Resolves with the answer when it arrives within `patienceMs`. An answer in time counts even when this process was too busy to read it in
 * time.
 * @throws Error of `answer`, or an error after `patienceMs`
 */
export function withPatience<Answer>(answer: Promise<Answer>, patienceMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${patienceMs} ms`));
    // The event loop runs timers before it reads sockets, so an answer that has arrived is read in one more turn.
    const timer = setTimeout(() => setImmediate(late), patienceMs);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
