import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { newIdempotencyKey } from '../api/idempotency-key.ts';
import { isConflict } from '../api/refusal.ts';
import type { MessageKey } from '../i18n/en.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { predictOrder, runOrderAction, type OrderAction } from './order-actions.ts';
import { orderKey, readOrder, type ManagedOrder } from './use-order.ts';

/** An action that the server refused because the order had changed. */
export interface OrderConflict {
  readonly action: OrderAction;
  readonly seen: ManagedOrder;
  readonly now: ManagedOrder;
}

interface Attempt {
  readonly action: OrderAction;
  readonly seen: ManagedOrder;
  readonly idempotencyKey: string;
}

const DONE = {
  PACK: 'order.done.packed',
  SHIP: 'order.done.shipped',
  DELIVER: 'order.done.delivered',
  UNPACK: 'order.done.unpacked',
  CANCEL: 'order.done.canceled',
  TAG: 'order.done.tagged',
  NOTE: 'order.done.noted',
  DELETE_NOTE: 'order.done.noteDeleted',
  CAPTURE: 'order.done.captured',
  VOID: 'order.done.voided',
  REFUND: 'order.done.refunded',
} as const satisfies Record<OrderAction['kind'], MessageKey>;

/**
 * Runs actions on an order. The page shows the predicted effect immediately, and reverts it when the server refuses the
 * action. When another staff member has changed the order, the page compares the version that it showed with the new
 * version.
 */
export function useOrderAction(id: string) {
  const { t, money } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  const [conflict, setConflict] = useState<OrderConflict | null>(null);
  const mutation = useMutation({
    mutationFn: ({ action, seen, idempotencyKey }: Attempt) => runOrderAction(action, seen, idempotencyKey),
    onMutate: async ({ action, seen }) => {
      await queries.cancelQueries({ queryKey: orderKey(id) });
      queries.setQueryData(orderKey(id), predictOrder(seen, action));
    },
    onSuccess: (_result, { action, seen }) => {
      const amount = action.kind === 'REFUND' ? money(action.amount) : '';
      toast({ text: t(DONE[action.kind], { number: seen.number, amount }) });
    },
    onError: async (error, { action, seen }) => {
      queries.setQueryData(orderKey(id), seen);
      if (!isConflict(error)) return toast({ text: error.message, tone: 'bad' });
      const now = await readOrder(id);
      if (now) setConflict({ action, seen, now });
    },
    onSettled: () => queries.invalidateQueries({ queryKey: orderKey(id) }),
  });
  const run = (action: OrderAction, seen: ManagedOrder) =>
    mutation.mutate({ action, seen, idempotencyKey: newIdempotencyKey() });
  return {
    run,
    running: mutation.isPending ? mutation.variables.action.kind : null,
    conflict,
    dismissConflict: () => setConflict(null),
    /** Runs the refused action on the current version of the order. */
    runAnyway: () => {
      if (!conflict) return;
      setConflict(null);
      run(conflict.action, conflict.now);
    },
  };
}

export type OrderActions = ReturnType<typeof useOrderAction>;
