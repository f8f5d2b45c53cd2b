import type { SocketTransport } from './socket-transport.ts';
import type { SubscriptionTransport } from './subscription-transport.ts';

/**
 * Creates a transport that uses the socket, and event streams for subscriptions whose socket no gateway accepted. Proxies that do not
 * forward WebSockets break the handshake.
 */
export function socketOrStreams(socket: SocketTransport, streams: SubscriptionTransport): SubscriptionTransport {
  return {
    subscribe(payload, sink) {
      let release = socket.subscribe(payload, {
        next: (result) => sink.next(result),
        complete: () => sink.complete(),
        error(failure) {
          if (socket.hasConnected || isGatewayReason(failure)) return sink.error(failure);
          release = streams.subscribe(payload, sink);
        },
      });
      return () => release();
    },
  };
}

/** The first close code of applications (RFC 6455, section 7.4.2). Gateways use such codes, and proxies do not. */
const FIRST_OWN_CODE = 4000;

/** Returns whether the gateway itself ended the subscription or its socket. */
export function isGatewayReason(failure: unknown): boolean {
  if (Array.isArray(failure)) return true;
  const code = typeof failure === 'object' && failure !== null && 'code' in failure ? failure.code : null;
  return typeof code === 'number' && code >= FIRST_OWN_CODE;
}
