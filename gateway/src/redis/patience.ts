/**
 * The answer, unless it takes longer. What arrived while this process was busy with something else is in time.
 * @throws Error as `answer` does, and when it is late.
 */
export function withPatience<Answer>(answer: Promise<Answer>, patienceMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new Error(`no answer within ${patienceMs} ms`));
    // Once around the event loop: sockets are read after timers, and an answer may lie there.
    const timer = setTimeout(() => setImmediate(late), patienceMs);
    void answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
