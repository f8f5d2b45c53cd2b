import { Button, EmptyState, Skeleton } from '@souk/ui';
import { Heart } from 'lucide-react';
import { Link } from 'wouter';
import { useLinePictures } from '../cart/use-line-pictures.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { LoadError } from '../page/page-states.tsx';
import { Page } from '../page/page.tsx';
import { useSignedIn } from '../session/session-store.ts';
import { useWishlists } from '../wishlist/use-wishlists.ts';
import type { Wishlist } from '../wishlist/wishlist-changes.ts';
import { SignInForm } from './sign-in-page.tsx';
import { WishlistRow } from './wishlist-row.tsx';

/** The wishlists of the signed-in customer, otherwise the sign-in form. */
export function WishlistPage() {
  return useSignedIn() ? <Wishlists /> : <SignInForm />;
}

function Wishlists() {
  const { t } = useI18n();
  const { lists, error, refetch } = useWishlists();
  return (
    <Page title={t('wishlist.title')}>
      <h1 className="mb-8 font-serif text-36">{t('wishlist.title')}</h1>
      {error && <LoadError error={error} onRetry={() => void refetch()} />}
      {!error && lists === null && <Skeleton className="h-48 rounded-card" />}
      {lists && <WishlistSections lists={lists} />}
    </Page>
  );
}

/** Each list in a section. The only list of a customer has no heading of its own. */
function WishlistSections({ lists }: { readonly lists: readonly Wishlist[] }) {
  const { t } = useI18n();
  const items = lists.flatMap((list) => list.items);
  const pictures = useLinePictures(items.flatMap(({ variant }) => variant?.sku ?? []));
  if (items.length === 0) return <EmptyWishlist />;
  return (
    <div className="flex flex-col gap-12">
      {lists.map(({ id, name, items: listed }) => (
        <section key={id} aria-label={name}>
          {lists.length > 1 && (
            <h2 className="mb-3 text-18 font-semibold">
              <bdi>{name}</bdi>
            </h2>
          )}
          {listed.length === 0 && <p className="text-14 text-ink-2">{t('wishlist.none')}</p>}
          <ul className="flex flex-col border-t empty:border-0">
            {listed.map((item) => (
              <WishlistRow key={item.id} item={item} pictureUrl={pictures.get(item.variant?.sku ?? '')?.url ?? null} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function EmptyWishlist() {
  const { t } = useI18n();
  return (
    <EmptyState
      icon={<Heart aria-hidden className="size-8" strokeWidth={1.5} />}
      title={t('wishlist.empty.title')}
      text={t('wishlist.empty.text')}
      action={
        <Button kind="primary" asChild>
          <Link href="/products">{t('cart.empty.action')}</Link>
        </Button>
      }
    />
  );
}
