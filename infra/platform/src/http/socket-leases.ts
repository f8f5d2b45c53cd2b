import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import { z } from 'zod';
import { CONTEXT_HEADER, CONTEXT_LIFETIME_SECONDS } from './context-claims.ts';
import type { ContextVerifier } from './context-verifier.ts';

/** Close code of a socket whose lease was not renewed. The gateway connects again and resumes its subscriptions. */
const LEASE_ENDED = 4410;
const SWEEP_EVERY_MS = 1000;
/** Maximum size of a renewal, in bytes. A longer message is an operation. */
const RENEWAL_BYTES = 4096;

const renewalMessage = z.object({
  type: z.literal('ping'),
  payload: z.object({ [CONTEXT_HEADER]: z.string() }),
});

interface Lease {
  /** A random value that renewals of this socket must contain. A renewal for another socket is ignored. */
  readonly nonce: string;
  /** Unix time in ms after which the socket is closed. */
  untilMs: number;
  isRenewed: boolean;
}

/**
 * Closes sockets when the signed contexts of their subscriptions expire. A gateway renews a socket with `ping` messages, whose payload is a
 * signed token with the socket's nonce. An attacker who copied a context can therefore keep a subscription open for at most 60 s.
 */
export class SocketLeases {
  readonly #verifier: ContextVerifier;
  readonly #leases = new Map<WebSocket, Lease>();
  readonly #sweep: NodeJS.Timeout;

  constructor(verifier: ContextVerifier) {
    this.#verifier = verifier;
    this.#sweep = setInterval(() => this.#closeExpired(), SWEEP_EVERY_MS).unref();
  }

  /** Begins the lease of a socket. @returns the nonce that renewals of this socket must contain */
  open(socket: WebSocket): string {
    const nonce = randomBytes(16).toString('base64url');
    const untilMs = this.#verifier.nowMs() + CONTEXT_LIFETIME_SECONDS * 1000;
    this.#leases.set(socket, { nonce, untilMs, isRenewed: false });
    socket.on('message', (data) => void this.#onMessage(socket, data));
    socket.on('close', () => this.#leases.delete(socket));
    return nonce;
  }

  /** Shortens the lease for a new subscription on the socket. @param expiresMs Unix time in ms at which its signed context expires */
  limit(socket: WebSocket, expiresMs: number): void {
    const lease = this.#leases.get(socket);
    if (lease && !lease.isRenewed) lease.untilMs = Math.min(lease.untilMs, expiresMs);
  }

  stop(): void {
    clearInterval(this.#sweep);
  }

  async #onMessage(socket: WebSocket, data: RawData): Promise<void> {
    const lease = this.#leases.get(socket);
    const token = lease && renewalIn(data);
    if (!token) return;
    const expiresMs = await this.#verifier.renewalExpiryMs(token, lease.nonce);
    if (expiresMs === null) return;
    lease.untilMs = expiresMs;
    lease.isRenewed = true;
  }

  #closeExpired(): void {
    const nowMs = this.#verifier.nowMs();
    for (const [socket, { untilMs }] of this.#leases) {
      if (untilMs <= nowMs) socket.close(LEASE_ENDED, 'The signed context has expired');
    }
  }
}

/** The token of a renewal message. Null for every other message. */
function renewalIn(data: RawData): string | null {
  if (!Buffer.isBuffer(data) || data.length > RENEWAL_BYTES) return null;
  try {
    const message = renewalMessage.safeParse(JSON.parse(data.toString('utf8')));
    return message.success ? message.data.payload[CONTEXT_HEADER] : null;
  } catch {
    return null; // graphql-ws closes the socket for a message that is not JSON
  }
}
