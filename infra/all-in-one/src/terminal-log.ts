import { printable } from '@souk/deployment/start';
import { painter, type StepStream } from '@souk/launcher/steps';

/** The fields of a pino entry that the terminal shows. */
interface Entry {
  readonly level: number;
  readonly time: string;
  readonly msg?: string;
  readonly subgraph?: string;
  readonly service?: string;
  readonly error?: LoggedError;
  readonly err?: LoggedError;
}

interface LoggedError {
  readonly message?: string;
  readonly stack?: string;
}

/** The numbers of pino's levels. */
const WARN = 40;
const ERROR = 50;

export interface TerminalLogOptions {
  /** Whether the stack trace of an error follows the error's line. @default false */
  readonly stacks?: boolean;
}

/** A destination for pino that prints one line of text for each entry. Only the log file contains all fields. */
export function terminalLog(
  stream: StepStream,
  { stacks = false }: TerminalLogOptions = {},
): { write(line: string): void } {
  return {
    write(line) {
      const entry = JSON.parse(line) as Entry;
      const stack = stacks ? framesOf(entry.error ?? entry.err) : '';
      stream.write(`${readable(entry, stream)}\n${painter(stream).dim(stack)}`);
    },
  };
}

function readable({ level, time, msg = '', subgraph, service, error, err }: Entry, stream: StepStream): string {
  const paint = painter(stream);
  const place = subgraph ?? service;
  const reason = error?.message ?? err?.message;
  const sign = level >= ERROR ? paint.red('!') : level >= WARN ? paint.yellow('!') : paint.dim('·');
  return `${sign} ${paint.dim(time.slice(11, 19))} ${place ? `${place}: ` : ''}${printable(msg)}${reason ? ` (${printable(reason)})` : ''}`;
}

/** The lines of a stack trace that contain a file and a line number. */
function framesOf(error: LoggedError | undefined): string {
  const lines = error?.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  return lines.map((line) => `${printable(line)}\n`).join('');
}
