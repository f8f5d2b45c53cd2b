import { Home, LayoutGrid, Package, ShoppingBag } from 'lucide-react';
import { Link } from 'wouter';
import { unitsOf, useCart } from '../cart/use-cart.ts';
import { useI18n } from '../i18n/use-i18n.ts';

/** The main navigation on phones, at the bottom of the screen. */
export function BottomBar() {
  const { t } = useI18n();
  const count = unitsOf(useCart().cart);
  const places = [
    { href: '/', label: t('nav.home'), icon: Home },
    { href: '/products', label: t('nav.all'), icon: LayoutGrid },
    { href: '/orders', label: t('nav.orders'), icon: Package },
    { href: '/cart', label: count > 0 ? `${t('nav.cartShort')} (${count})` : t('nav.cartShort'), icon: ShoppingBag },
  ];
  return (
    <nav aria-label={t('nav.menu')} className="fixed inset-x-0 bottom-0 z-30 border-t bg-paper sm:hidden">
      <ul className="grid grid-cols-4">
        {places.map(({ href, label, icon: Icon }) => (
          <li key={href}>
            <Link
              href={href}
              className={(isActive) =>
                `flex h-16 flex-col items-center justify-center gap-1 px-1 text-center text-12 leading-tight ${isActive ? 'text-accent-ink' : 'text-ink-2'}`
              }
            >
              <Icon aria-hidden className="size-5" strokeWidth={1.75} />
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
