import { Dialog, IconButton, TextLink } from '@souk/ui';
import { Menu as MenuIcon, Package, Search, ShoppingBag, User } from 'lucide-react';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { unitsOf, useCart } from '../cart/use-cart.ts';
import { useI18n } from '../i18n/use-i18n.ts';
import { SearchBox } from '../search/search-box.tsx';
import { LanguageMenu, ThemeMenu } from './preferences.tsx';
import { useDepartments } from './use-departments.ts';

export function Header() {
  const { t } = useI18n();
  const { name, departments } = useDepartments();
  return (
    <header className="sticky top-0 z-30 border-b bg-paper">
      <div className="mx-auto flex h-14 w-full max-w-[78rem] items-center gap-2 px-4 sm:h-16 sm:px-6 lg:px-8">
        <DepartmentSheet />
        <Link href="/" className="flex min-w-0 items-center gap-2.5 font-serif text-18 font-semibold sm:text-22">
          <Mark />
          <span className="line-clamp-2 min-w-0 wrap-anywhere">{name || t('nav.home')}</span>
        </Link>
        <SearchBox className="mx-auto hidden w-full max-w-md md:block" />
        <div className="ms-auto flex items-center sm:gap-1">
          <Link
            href="/search"
            aria-label={t('search.label')}
            className="inline-grid size-10 place-items-center rounded-control text-ink hover:bg-hover md:hidden"
          >
            <Search aria-hidden className="size-5" strokeWidth={1.75} />
          </Link>
          <ThemeMenu />
          <LanguageMenu />
          <Link
            href="/orders"
            aria-label={t('nav.orders')}
            title={t('nav.orders')}
            className="hidden size-10 place-items-center rounded-control text-ink hover:bg-hover sm:inline-grid"
          >
            <Package aria-hidden className="size-5" strokeWidth={1.75} />
          </Link>
          <Link
            href="/account"
            aria-label={t('nav.account')}
            title={t('nav.account')}
            className="hidden size-10 place-items-center rounded-control text-ink hover:bg-hover sm:inline-grid"
          >
            <User aria-hidden className="size-5" strokeWidth={1.75} />
          </Link>
          <CartLink />
        </div>
      </div>
      {departments.length > 0 && (
        <nav aria-label={t('nav.main')} className="hidden border-t lg:block">
          <ul className="mx-auto flex w-full max-w-[78rem] gap-6 overflow-x-auto px-8 text-14">
            {[{ slug: '', name: t('nav.all') }, ...departments].map(({ slug, name: department }) => (
              <li key={slug}>
                <Link
                  href={slug === '' ? '/products' : `/categories/${slug}`}
                  className={(isActive) =>
                    `flex h-11 items-center border-b-2 whitespace-nowrap ${isActive ? 'border-accent text-ink' : 'border-transparent text-ink-2 hover:text-ink'}`
                  }
                >
                  {department}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden className="size-7 shrink-0 text-accent" fill="currentColor">
      <path d="M2 22V11a10 10 0 0 1 20 0v11h-5V11a5 5 0 0 0-10 0v11Z" />
    </svg>
  );
}

function CartLink() {
  const { t } = useI18n();
  const { cart } = useCart();
  const count = unitsOf(cart);
  return (
    <Link
      href="/cart"
      aria-label={t('nav.cart', { count })}
      className="relative inline-grid size-10 place-items-center rounded-control text-ink hover:bg-hover"
    >
      <ShoppingBag aria-hidden className="size-5" strokeWidth={1.75} />
      {count > 0 && (
        <span
          aria-hidden
          className="absolute end-0 top-0 inline-grid h-4.5 min-w-4.5 place-items-center rounded-full bg-accent px-1 text-12 leading-none font-medium text-on-accent tabular-nums"
        >
          {count}
        </span>
      )}
    </Link>
  );
}

/** The menu on phones, with the departments and the account. */
function DepartmentSheet() {
  const { t } = useI18n();
  const { departments } = useDepartments();
  const [path] = useLocation();
  // The path on which the menu was opened. Another path closes the menu, so the links in the menu do not need a click
  // handler.
  const [openOn, setOpenOn] = useState<string | null>(null);
  return (
    <div className="-ms-2 lg:hidden">
      <IconButton label={t('nav.menu')} onClick={() => setOpenOn(path)}>
        <MenuIcon aria-hidden className="size-5" strokeWidth={1.75} />
      </IconButton>
      <Dialog
        open={openOn === path}
        onOpenChange={(isOpen) => setOpenOn(isOpen ? path : null)}
        title={t('nav.main')}
        close={t('nav.close')}
        shape="sheet-start"
      >
        <ul className="flex flex-col">
          {[{ slug: '', name: t('nav.all') }, ...departments].map(({ slug, name }) => (
            <li key={slug} className="border-b">
              <TextLink kind="plain" asChild className="block py-3 text-16">
                <Link href={slug === '' ? '/products' : `/categories/${slug}`}>{name}</Link>
              </TextLink>
            </li>
          ))}
          <li>
            <TextLink kind="plain" asChild className="block py-3 text-16">
              <Link href="/account">{t('nav.account')}</Link>
            </TextLink>
          </li>
        </ul>
      </Dialog>
    </div>
  );
}
