import { Button, useToast } from '@souk/ui';
import { Heart } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useSignedIn } from '../session/session-store.ts';
import { useWishlistChange, useWishlists } from './use-wishlists.ts';
import { defaultItemOf } from './wishlist-changes.ts';

export interface WishlistButtonProps {
  readonly variantId: string;
  /** The name of the product, for the confirmation. */
  readonly name: string;
}

/** Adds a variant to the customer's default wishlist, or removes it. For guests, a link to the sign-in form. */
export function WishlistButton({ variantId, name }: WishlistButtonProps) {
  const { t } = useI18n();
  const isSignedIn = useSignedIn();
  if (isSignedIn) return <WishlistToggle variantId={variantId} name={name} />;
  return (
    <Button kind="quiet" asChild className="self-start text-start whitespace-normal">
      <Link href="/account/wishlist">
        <HeartIcon filled={false} />
        {t('wishlist.signIn')}
      </Link>
    </Button>
  );
}

function WishlistToggle({ variantId, name }: WishlistButtonProps) {
  const { t } = useI18n();
  const toast = useToast();
  const [, navigate] = useLocation();
  const { lists } = useWishlists();
  const { add, remove, isChanging } = useWishlistChange();
  const item = defaultItemOf(lists ?? [], variantId);
  const toggle = async () => {
    if (item) return remove(item.id);
    if (!(await add(variantId))) return false;
    toast({
      text: t('wishlist.added', { name }),
      action: { label: t('wishlist.view'), onAction: () => navigate('/account/wishlist') },
    });
    return true;
  };
  return (
    <Button
      kind="quiet"
      className="self-start text-start whitespace-normal"
      disabled={lists === null}
      loading={isChanging}
      icon={<HeartIcon filled={item !== undefined} />}
      onClick={() => void toggle()}
    >
      {t(item ? 'wishlist.remove' : 'wishlist.add')}
    </Button>
  );
}

function HeartIcon({ filled }: { readonly filled: boolean }) {
  return (
    <Heart
      aria-hidden
      className={filled ? 'size-5 text-accent' : 'size-5'}
      strokeWidth={1.75}
      fill={filled ? 'currentColor' : 'none'}
    />
  );
}
