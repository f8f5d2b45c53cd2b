const FRAME_MS = 250;
const REMINDER_MS = 10_000;
const QUIET_MS = 1_000;
const CLEAR_LINE = '\r\u001b[K';

/**
 * Prints one line per step of a start. On a terminal the line is updated in place. Elsewhere it is printed again every
 * ten seconds, so a long step does not look like a hang. Of nested steps, only the innermost is updated.
 */
export function createSteps(stream = process.stdout) {
  const paint = painter(stream);
  const running = [];
  async function step(label, work) {
    const started = performance.now();
    const ticking = { isInnermost: () => running.at(-1) === ticking };
    running.push(ticking);
    const timers = stream.isTTY
      ? tickInPlace(stream, label, started, ticking, paint)
      : tickByLines(stream, label, started, ticking);
    let sign = paint.red('✗');
    try {
      const result = await work();
      sign = paint.green('✓');
      return result;
    } finally {
      for (const timer of timers) clearTimeout(timer);
      running.splice(running.indexOf(ticking), 1);
      stream.write(`${stream.isTTY ? CLEAR_LINE : ''}${sign} ${label} ${paint.dim(`(${elapsed(started)})`)}\n`);
    }
  }
  return { step, say: (text) => void stream.write(`${stream.isTTY ? CLEAR_LINE : ''}${text}\n`), paint };
}

/** Colors text if the stream supports colors, and respects NO_COLOR and FORCE_COLOR. */
export function painter(stream) {
  const coloured = Boolean(stream.isTTY && stream.hasColors?.());
  const wrap = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  return {
    bold: wrap(1),
    dim: wrap(2),
    red: wrap(31),
    green: wrap(32),
    yellow: wrap(33),
    blue: wrap(34),
    cyan: wrap(36),
  };
}

/** Formats a duration: `40 ms`, `3.2 s`, `75 s`. */
export function readableDuration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

function elapsed(started) {
  return readableDuration(performance.now() - started);
}

function tickInPlace(stream, label, started, ticking, paint) {
  const draw = () => {
    if (!ticking.isInnermost()) return;
    const line = `· ${label} ... ${elapsed(started)}`.slice(0, (stream.columns || 80) - 1);
    stream.write(`${CLEAR_LINE}${paint.dim(line)}`);
  };
  draw();
  return [setInterval(draw, FRAME_MS).unref()];
}

function tickByLines(stream, label, started, ticking) {
  const remind = (time) => {
    if (ticking.isInnermost()) stream.write(`· ${label} ...${time ? ` ${time}` : ''}\n`);
  };
  return [
    setTimeout(() => remind(''), QUIET_MS).unref(),
    setInterval(() => remind(elapsed(started)), REMINDER_MS).unref(),
  ];
}
