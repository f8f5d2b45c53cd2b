const FRAME_MS = 250;
const REMINDER_MS = 10_000;
const QUIET_MS = 1_000;

/**
 * Prints one line per step of a start: on a terminal it ticks in place, elsewhere (a pipe, a log) it is repeated every
 * ten seconds, so that a long step never looks like a hang.
 */
export function createSteps(stream = process.stdout) {
  const paint = painter(stream);
  async function step(label, work) {
    const started = performance.now();
    const ticking = stream.isTTY ? tickInPlace(stream, label, started, paint) : tickByLines(stream, label, started);
    try {
      const result = await work();
      ticking.end(`${paint.green('✓')} ${label} ${paint.dim(`(${elapsed(started)})`)}`);
      return result;
    } catch (error) {
      ticking.end(`${paint.red('✗')} ${label} ${paint.dim(`(${elapsed(started)})`)}`);
      throw error;
    }
  }
  return { step, say: (text) => void stream.write(`${text}\n`), paint };
}

/** Wraps text in colours where the stream shows them (NO_COLOR and FORCE_COLOR are respected), else leaves it as it is. */
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

/** Milliseconds as a person reads them: `40 ms`, `3.2 s`, `75 s`. */
export function readableDuration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
}

function elapsed(started) {
  return readableDuration(performance.now() - started);
}

function tickInPlace(stream, label, started, paint) {
  const draw = () => {
    const line = `· ${label} ... ${elapsed(started)}`.slice(0, (stream.columns || 80) - 1);
    stream.write(`\r\u001b[K${paint.dim(line)}`);
  };
  draw();
  const timer = setInterval(draw, FRAME_MS).unref();
  return {
    end(text) {
      clearInterval(timer);
      stream.write(`\r\u001b[K${text}\n`);
    },
  };
}

function tickByLines(stream, label, started) {
  const announce = setTimeout(() => stream.write(`· ${label} ...\n`), QUIET_MS).unref();
  const remind = setInterval(() => stream.write(`· ${label} ... ${elapsed(started)}\n`), REMINDER_MS).unref();
  return {
    end(text) {
      clearTimeout(announce);
      clearInterval(remind);
      stream.write(`${text}\n`);
    },
  };
}
