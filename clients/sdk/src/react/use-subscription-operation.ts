import { useEffect, useRef, useState } from 'react';
import type { OperationDocument } from '../operation-document.ts';
import type { SoukError } from '../souk-error.ts';
import { useSouk } from './souk-context.ts';

/** Handlers of a subscription. A later render may pass other functions. */
export interface SubscriptionHandlers<Data> {
  /** Receives each event once and in order. */
  readonly next: (data: Data) => void;
  /** The subscription has begun. Read the state again if it was read before. @default nothing happens */
  readonly started?: () => void;
  /** Events may be missing: read the present state. @default the subscription fails with `RESUME_POSITION_LOST` */
  readonly missed?: () => void;
  /** Starts the subscription. @default true */
  readonly enabled?: boolean;
}

/** Subscribes while the component is mounted. @returns the failure that ended the subscription, or null */
export function useSubscriptionOperation<Data, Variables extends object>(
  document: OperationDocument<'subscription', Data, Variables>,
  variables: Variables,
  handlers: SubscriptionHandlers<Data>,
): SoukError | null {
  const { live } = useSouk();
  const [failed, setFailed] = useState<{ readonly key: string; readonly error: SoukError } | null>(null);
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const { enabled = true, missed } = handlers;
  const takesMissed = missed !== undefined;
  const key = JSON.stringify(variables);
  useEffect(() => {
    if (!enabled) return undefined;
    if (!live)
      throw new Error('The SoukProvider has no client for subscriptions. Pass `live={createLiveClient(...)}`.');
    return live.subscribe(document, JSON.parse(key) as Variables, {
      next: ({ data }) => {
        if (data !== null) latest.current.next(data);
      },
      started: () => latest.current.started?.(),
      error: (error) => setFailed({ key, error }),
      ...(takesMissed && { missed: () => latest.current.missed?.() }),
    });
  }, [live, document, key, enabled, takesMissed]);
  // A failure belongs to the variables with which it happened.
  return failed?.key === key ? failed.error : null;
}
