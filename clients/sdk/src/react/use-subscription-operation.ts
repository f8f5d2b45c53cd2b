import { useEffect, useRef, useState } from 'react';
import type { OperationDocument } from '../operation-document.ts';
import type { SoukError } from '../souk-error.ts';
import { useSouk } from './souk-context.ts';

/** Handlers of a subscription. A later render may pass other functions. */
export interface SubscriptionHandlers<Data> {
  /** Called for each event, once and in order. */
  readonly next: (data: Data) => void;
  /**
   * Called when the subscription has begun. State that was read before may be outdated, so read it again.
   * @default nothing happens
   */
  readonly started?: () => void;
  /**
   * Called when events may be missing. Read the current state again.
   * @default the subscription fails with `RESUME_POSITION_LOST`
   */
  readonly missed?: () => void;
  /** Whether the subscription runs. @default true */
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
  // After a change of the variables, the failure of the earlier subscription does not apply.
  return failed?.key === key ? failed.error : null;
}
