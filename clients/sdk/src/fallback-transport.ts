import type { SocketTransport } from './socket-transport.ts';
import type { SubscriptionTransport } from './subscription-transport.ts';

/**
 * Creates a transport that uses the WebSocket. A subscription moves to an event stream when a gateway never accepted
 * the WebSocket, because some proxies do not forward WebSockets.
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

/**
 * The lowest close code for applications (RFC 6455, section 7.4.2). Gateways send this code and higher codes. Proxies
 * send only lower codes.
 */
const FIRST_OWN_CODE = 4000;

/** Returns whether the gateway, not a proxy or the network, ended the subscription or its WebSocket. */
export function isGatewayReason(failure: unknown): boolean {
  if (Array.isArray(failure)) return true;
  const code = typeof failure === 'object' && failure !== null && 'code' in failure ? failure.code : null;
  return typeof code === 'number' && code >= FIRST_OWN_CODE;
}
