import { painter, type StepStream } from '@souk/launcher/steps';

/** The fields of a pino entry that the terminal shows. */
interface Entry {
  readonly level: number;
  readonly time: string;
  readonly msg?: string;
  readonly subgraph?: string;
  readonly service?: string;
  readonly error?: { readonly message?: string };
  readonly err?: { readonly message?: string };
}

const ERROR = 50;

/** A destination for pino that prints one line of text for each entry. The log file has all fields. */
export function terminalLog(stream: StepStream): { write(line: string): void } {
  return { write: (line) => void stream.write(`${readable(JSON.parse(line) as Entry, stream)}\n`) };
}

function readable({ level, time, msg = '', subgraph, service, error, err }: Entry, stream: StepStream): string {
  const paint = painter(stream);
  const place = subgraph ?? service;
  const reason = error?.message ?? err?.message;
  const sign = level >= ERROR ? paint.red('!') : paint.yellow('!');
  return `${sign} ${paint.dim(time.slice(11, 19))} ${place ? `${place}: ` : ''}${msg}${reason ? ` (${reason})` : ''}`;
}
