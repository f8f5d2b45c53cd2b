import { once } from 'node:events';
import { connect } from 'node:net';
import type { SubgraphAddress } from '@souk/engine/subgraphs';
import { systemCode } from './start-problem.ts';

/** How long to wait for a connection, in milliseconds. A TCP handshake takes less time over any distance. */
const PATIENCE_MS = 2000;

/**
 * One warning for each subgraph that does not accept connections. The gateway starts without these subgraphs. The
 * fields of such a subgraph are null until the subgraph runs.
 */
export async function unreachable(subgraphs: readonly SubgraphAddress[]): Promise<readonly string[]> {
  const problems = await Promise.all(subgraphs.map(async ({ name, url }) => ({ name, url, why: await whyNot(url) })));
  return problems.flatMap(({ name, url, why }) =>
    why === null
      ? []
      : [`The subgraph "${name}" cannot be reached at ${url} (${why}): its fields are null until it can`],
  );
}

async function whyNot(url: string): Promise<string | null> {
  const { hostname, port, protocol } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({ host, port: Number(port) || (protocol === 'https:' ? 443 : 80) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return null;
  } catch (error) {
    return systemCode(error) === 'ABORT_ERR'
      ? `no answer within ${PATIENCE_MS} ms`
      : (systemCode(error) ?? String(error));
  } finally {
    socket.on('error', () => undefined).destroy();
  }
}
