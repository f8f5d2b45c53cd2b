import { CartLinesUpdateDocument, perform } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { useToast } from '@souk/ui';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { useAddToCart } from './use-add-to-cart.ts';
import { useKeepCart, type Cart } from './use-cart.ts';

type Line = Cart['lines'][number];

/** Changes the quantities of cart lines. The toast after a removal has an undo button. */
export function useCartLines(cart: Cart) {
  const { http } = useSouk();
  const { t } = useI18n();
  const toast = useToast();
  const keepCart = useKeepCart();
  const textOf = useProblemText();
  const { add } = useAddToCart();
  const [isChanging, setChanging] = useState(false);

  const setQuantity = async (line: Line, quantity: number): Promise<boolean> => {
    setChanging(true);
    const lines = [{ lineId: line.id, quantity }];
    const outcome = await perform(http, CartLinesUpdateDocument, { input: { cartId: cart.id, lines } });
    setChanging(false);
    if (outcome.kind === 'done' && outcome.payload.cart) {
      keepCart(outcome.payload.cart);
      return true;
    }
    toast({ text: textOf(outcome), tone: 'bad' });
    return false;
  };

  const remove = async (line: Line) => {
    if (!(await setQuantity(line, 0))) return;
    const { variant, quantity, name } = line;
    const undo = variant && {
      action: { label: t('cart.undo'), onAction: () => void add({ variantId: variant.id, quantity, name }) },
    };
    toast({ text: t('cart.removed', { name }), ...undo });
  };
  return { setQuantity, remove, isChanging };
}
