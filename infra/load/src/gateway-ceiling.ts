import { once } from 'node:events';
import { load } from './gateway-load.ts';
import { startPinned } from './gateway-process.ts';
import type { Pace } from './gateway-rounds.ts';

const BARE_SERVER = new URL('gateway-bare-server.js', import.meta.url).pathname;
const SIZES = [300, 40_000];

/**
 * Prints the highest request rate of the load generator. The server is a bare `node:http` server with responses of 300
 * and of 40,000 bytes.
 */
export async function measureCeiling(cores: string, { connections, roundMs }: Pace): Promise<void> {
  for (const size of SIZES) {
    const server = startPinned({ cores, args: [BARE_SERVER, String(size)], ipc: true });
    try {
      // The cast is safe, because the bare server sends exactly one message: its port.
      const [port] = (await once(server.child, 'message')) as [number];
      const headers = { 'content-type': 'application/json' };
      const isAnsweredBy = (status: number, { length }: Buffer) => status === 200 && length === size;
      const request = { method: 'POST' as const, path: '/', headers, body: '{"query":"{a}"}', isAnsweredBy };
      const target = { origin: `http://127.0.0.1:${port}`, requests: [request] };
      await load(target, connections, roundMs / 2);
      const { requests, elapsedMs } = await load(target, connections, roundMs);
      console.log(`- ceiling of the load generator, ${size} bytes: ${((requests / elapsedMs) * 1000).toFixed(0)} /s`);
    } finally {
      await server.stop();
    }
  }
  console.log('');
}
