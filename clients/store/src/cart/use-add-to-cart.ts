import { useSouk } from '@souk/sdk/react';
import { useToast } from '@souk/ui';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { addLine } from './add-lines.ts';
import { keepCartId, useCartId } from './cart-store.ts';
import { useKeepCart } from './use-cart.ts';

interface Added {
  readonly variantId: string;
  readonly quantity: number;
  /** The name of the product, for the confirmation. */
  readonly name: string;
}

/** Adds units to the cart, and shows a toast with a link to the cart. `add` returns whether the cart has the units. */
export function useAddToCart() {
  const { http } = useSouk();
  const { t } = useI18n();
  const toast = useToast();
  const cartId = useCartId();
  const keepCart = useKeepCart();
  const textOf = useProblemText();
  const [, navigate] = useLocation();
  const [isAdding, setAdding] = useState(false);

  const add = async ({ variantId, quantity, name }: Added): Promise<boolean> => {
    setAdding(true);
    const outcome = await addLine(http, cartId, { variantId, quantity });
    setAdding(false);
    if (outcome.kind !== 'done' || !outcome.payload.cart) {
      toast({ text: textOf(outcome), tone: 'bad' });
      return false;
    }
    keepCart(outcome.payload.cart);
    keepCartId(outcome.payload.cart.id);
    toast({
      text: t('product.added', { name }),
      action: { label: t('product.viewCart'), onAction: () => navigate('/cart') },
    });
    return true;
  };
  return { add, isAdding };
}
