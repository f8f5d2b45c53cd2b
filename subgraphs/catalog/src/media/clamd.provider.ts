import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Scanner } from './scan.ts';

/** The address of clamd. */
export interface ClamdOptions {
  readonly host: string;
  readonly port: number;
  /** How long the scanner may be silent, in ms. @default 30,000 */
  readonly timeoutMs?: number;
}

/** The size of a chunk. clamd refuses streams beyond its `StreamMaxLength`, 25 MiB by default, however they are chunked. */
const CHUNK_BYTES = 64 * 1024;

/** Scans by a clamd server, with the command INSTREAM (clamd(8)): chunks with their length before them, and an empty chunk at the end. */
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

/** @throws Error for every answer that is not a verdict, so that no file passes unscanned */
function verdictOf(answer: string): boolean {
  if (/^stream: OK$/.test(answer)) return true;
  if (/^stream: .+ FOUND$/.test(answer)) return false;
  throw new Error(`clamd answered "${answer}" instead of a verdict; see its log`);
}
