import { MyWishlistsDocument, perform, WishlistItemAddDocument, WishlistItemRemoveDocument } from '@souk/sdk';
import { operationKey, useOperation, useSouk } from '@souk/sdk/react';
import { useToast } from '@souk/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '../i18n/use-i18n.ts';
import { useProblemText } from '../page/use-problem-text.ts';
import { useSignedIn } from '../session/session-store.ts';
import { withList, type Wishlist } from './wishlist-changes.ts';

/** Reads the wishlists of the signed-in customer. `lists` is null until they are loaded, and for guests. */
export function useWishlists() {
  const isSignedIn = useSignedIn();
  const { data, error, refetch } = useOperation(MyWishlistsDocument, undefined, { enabled: isSignedIn, staleTime: 0 });
  return { lists: isSignedIn && data ? (data.me?.wishlists ?? []) : null, error, refetch };
}

type Ended = Parameters<ReturnType<typeof useProblemText>>[0];

/** Functions that add and remove items. Each returns whether the list was changed. A toast explains a failure. */
export function useWishlistChange() {
  const { http } = useSouk();
  const { t } = useI18n();
  const toast = useToast();
  const cache = useQueryClient();
  const textOf = useProblemText();
  const [isChanging, setChanging] = useState(false);

  const finish = (outcome: Ended, changed: Wishlist | null): boolean => {
    setChanging(false);
    const key = operationKey(MyWishlistsDocument);
    if (changed) {
      cache.setQueryData<{ me: { wishlists: readonly Wishlist[] | null } | null }>(
        key,
        (before) => before && { me: { wishlists: withList(before.me?.wishlists ?? [], changed) } },
      );
      return true;
    }
    const isGone = outcome.kind === 'refused' && outcome.refusals.some(({ code }) => code === 'NOT_FOUND');
    toast({ text: isGone ? t('wishlist.gone') : textOf(outcome), tone: 'bad' });
    void cache.invalidateQueries({ queryKey: key });
    return false;
  };

  /** Adds a variant to the default list. */
  const add = async (variantId: string) => {
    setChanging(true);
    const outcome = await perform(http, WishlistItemAddDocument, { input: { variantId } });
    return finish(outcome, outcome.kind === 'done' ? outcome.payload.wishlist : null);
  };
  const remove = async (itemId: string) => {
    setChanging(true);
    const outcome = await perform(http, WishlistItemRemoveDocument, { input: { itemId } });
    return finish(outcome, outcome.kind === 'done' ? outcome.payload.wishlist : null);
  };
  return { add, remove, isChanging };
}
