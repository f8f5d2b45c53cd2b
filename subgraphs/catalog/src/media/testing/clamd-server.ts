import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** A server that implements clamd's INSTREAM, and reports content with a marker text as a virus. */
export interface ClamdServer {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts the server on a free port of 127.0.0.1. The server checks the framing of requests: the command, the length before each chunk, and
 * the empty chunk at the end.
 * @param marker content with this text is reported as a virus
 */
export async function startClamdServer(marker: string): Promise<ClamdServer> {
  const server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (data: Buffer) => {
      received = Buffer.concat([received, data]);
      const content = contentOf(received);
      if (content === 'INCOMPLETE') return;
      if (content === 'INVALID') return void socket.end('UNKNOWN COMMAND\0');
      socket.end(content.includes(marker) ? 'stream: Test.Marker FOUND\0' : 'stream: OK\0');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server has one
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

const COMMAND = 'zINSTREAM\0';

function contentOf(received: Buffer): Buffer | 'INCOMPLETE' | 'INVALID' {
  if (!COMMAND.startsWith(received.subarray(0, COMMAND.length).toString('latin1'))) return 'INVALID';
  const chunks: Buffer[] = [];
  for (let at = COMMAND.length; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(chunks);
    if (at + 4 + length > received.length) return 'INCOMPLETE';
    chunks.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return 'INCOMPLETE';
}
