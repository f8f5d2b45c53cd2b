import { CartMergeDocument, MyCartDocument, perform, type SessionTokens } from '@souk/sdk';
import { useSouk } from '@souk/sdk/react';
import { useToast } from '@souk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { keepCartId, useCartId } from '../cart/cart-store.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { session, writeTokens } from '../session/session-store.ts';

/** The tokens in the payload of each mutation that signs in. They are null when the mutation was refused. */
export type SignedIn = { readonly [Field in keyof SessionTokens]: string | null };

/** Functions that sign a customer in and out. */
export function useSignIn() {
  const { http } = useSouk();
  const cartId = useCartId();
  const cache = useQueryClient();
  const toast = useToast();
  const { t } = useI18n();

  /**
   * Stores the tokens, and merges this browser's cart into the customer's cart.
   * @returns whether the payload has tokens
   */
  const enter = async ({ accessToken, refreshToken, expiresAt }: SignedIn): Promise<boolean> => {
    if (!accessToken || !refreshToken || !expiresAt) return false;
    writeTokens({ accessToken, refreshToken, expiresAt });
    if (cartId === null) {
      const own = await http.ask(MyCartDocument);
      keepCartId(own.data?.me?.cart?.id ?? null);
    } else {
      const merged = await perform(http, CartMergeDocument, { input: { cartId } });
      if (merged.kind === 'done' && merged.payload.cart) keepCartId(merged.payload.cart.id);
      const left = merged.kind === 'done' ? (merged.payload.leftLines ?? []) : [];
      for (const { name, message } of left) toast({ text: t('account.leftLine', { name, message }) });
    }
    await cache.invalidateQueries();
    return true;
  };

  /** Signs out. The cart remains in the customer's account. */
  const leave = async () => {
    await session.logOut().catch(() => writeTokens(null)); // Without a network the session ends in this browser alone.
    keepCartId(null);
    cache.clear();
  };
  return { enter, leave };
}
