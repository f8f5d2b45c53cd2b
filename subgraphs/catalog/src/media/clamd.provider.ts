import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Scanner } from './scan.ts';

/** The host and port of a clamd server. */
export interface ClamdOptions {
  readonly host: string;
  readonly port: number;
  /** How long the scanner may send nothing, in ms. @default 30,000 */
  readonly timeoutMs?: number;
}

/** The size of a chunk. The limit of clamd applies to the whole stream (`StreamMaxLength`, 25 MiB by default), not to a chunk. */
const CHUNK_BYTES = 64 * 1024;

/** Scans uploads with a clamd server. The command INSTREAM (clamd(8)) sends chunks, each after its length, and ends with an empty chunk. */
export function clamdScanner({ host, port, timeoutMs = 30_000 }: ClamdOptions): Scanner {
  return {
    async isClean(bytes) {
      const socket = connect({ host, port });
      socket.setTimeout(timeoutMs, () => socket.destroy(new Error(`clamd at ${host}:${port} did not answer in time`)));
      const answer = text(socket);
      socket.write('zINSTREAM\0');
      for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
        const chunk = bytes.subarray(from, from + CHUNK_BYTES);
        const length = Buffer.alloc(4);
        length.writeUInt32BE(chunk.length);
        socket.write(length);
        socket.write(chunk);
      }
      socket.write(Buffer.alloc(4));
      return verdictOf((await answer).replaceAll('\0', '').trim());
    },
  };
}

/**
 * Whether clamd reports the file as clean.
 * @throws Error for a response that is not a verdict, because an unscanned file must not be accepted
 */
function verdictOf(answer: string): boolean {
  if (/^stream: OK$/.test(answer)) return true;
  if (/^stream: .+ FOUND$/.test(answer)) return false;
  throw new Error(`clamd answered "${answer}" instead of a verdict; see its log`);
}
