import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MessageKey } from '../../i18n/en.ts';
import { useI18n } from '../../i18n/use-i18n.ts';
import { orderKey } from '../use-order.ts';
import { runReturnAction, type ListedReturn, type ReturnAction } from './return-actions.ts';

const DONE = {
  APPROVE: 'returns.done.approved',
  REJECT: 'returns.done.rejected',
  RECEIVE: 'returns.done.received',
} as const satisfies Record<ReturnAction['kind'], MessageKey>;

/** A mutation for decisions about a return. Afterwards the order and its returns are read again. */
export function useReturnAction(orderId: string, shown: ListedReturn) {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (action: ReturnAction) => runReturnAction(shown, action),
    onSuccess: (_result, { kind }) => toast({ text: t(DONE[kind], { number: shown.number }) }),
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: orderKey(orderId) });
      await queries.invalidateQueries({ queryKey: ['returns'] });
    },
  });
}
