import { Notice, Skeleton, Toasts } from '@souk/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, type ComponentType } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { queryClient } from './api/client.ts';
import { Frame } from './frame/frame.tsx';
import { useI18n } from './i18n/use-i18n.ts';
import { NotFound } from './page/page-states.tsx';
import { AcceptPage } from './session/accept-page.tsx';
import { ConfirmPage } from './session/confirm-page.tsx';
import type { Scope } from './session/session.ts';
import { signOut } from './session/session-store.ts';
import { SignInPage } from './session/sign-in-page.tsx';
import { useMay, useSession } from './session/use-session.ts';

const HomePage = lazy(() => import('./home/home-page.tsx').then(({ HomePage: page }) => ({ default: page })));
const OrdersPage = lazy(() => import('./orders/orders-page.tsx').then(({ OrdersPage: page }) => ({ default: page })));
const OrderPage = lazy(() => import('./orders/order-page.tsx').then(({ OrderPage: page }) => ({ default: page })));
const DraftsPage = lazy(() => import('./drafts/drafts-page.tsx').then(({ DraftsPage: page }) => ({ default: page })));
const DraftPage = lazy(() => import('./drafts/draft-page.tsx').then(({ DraftPage: page }) => ({ default: page })));
const ReturnsPage = lazy(() =>
  import('./orders/returns/returns-page.tsx').then(({ ReturnsPage: page }) => ({ default: page })),
);
const ProductsPage = lazy(() =>
  import('./products/products-page.tsx').then(({ ProductsPage: page }) => ({ default: page })),
);
const NewProductPage = lazy(() =>
  import('./products/new/new-product-page.tsx').then(({ NewProductPage: page }) => ({ default: page })),
);
const ProductPage = lazy(() =>
  import('./products/product-page.tsx').then(({ ProductPage: page }) => ({ default: page })),
);
const ImportsPage = lazy(() =>
  import('./imports/imports-page.tsx').then(({ ImportsPage: page }) => ({ default: page })),
);
const ImportPage = lazy(() => import('./imports/import-page.tsx').then(({ ImportPage: page }) => ({ default: page })));
const ReviewsPage = lazy(() =>
  import('./reviews/reviews-page.tsx').then(({ ReviewsPage: page }) => ({ default: page })),
);
const PromotionsPage = lazy(() =>
  import('./promotions/promotions-page.tsx').then(({ PromotionsPage: page }) => ({ default: page })),
);
const PromotionPage = lazy(() =>
  import('./promotions/promotion-page.tsx').then(({ PromotionPage: page }) => ({ default: page })),
);
const InventoryPage = lazy(() =>
  import('./inventory/inventory-page.tsx').then(({ InventoryPage: page }) => ({ default: page })),
);
const CustomersPage = lazy(() =>
  import('./customers/customers-page.tsx').then(({ CustomersPage: page }) => ({ default: page })),
);
const CustomerPage = lazy(() =>
  import('./customers/customer-page.tsx').then(({ CustomerPage: page }) => ({ default: page })),
);
const ApiKeysPage = lazy(() =>
  import('./settings/api-keys/api-keys-page.tsx').then(({ ApiKeysPage: page }) => ({ default: page })),
);
const MembersPage = lazy(() =>
  import('./settings/members/members-page.tsx').then(({ MembersPage: page }) => ({ default: page })),
);
const SecurityPage = lazy(() =>
  import('./settings/security/security-page.tsx').then(({ SecurityPage: page }) => ({ default: page })),
);
const SettingsPage = lazy(() =>
  import('./settings/settings-page.tsx').then(({ SettingsPage: page }) => ({ default: page })),
);
const ShippingPage = lazy(() =>
  import('./settings/shipping/shipping-page.tsx').then(({ ShippingPage: page }) => ({ default: page })),
);

/** The pages by URL path. A staff member without a page's scope sees "not found" there. */
const ROUTES: readonly { readonly path: string; readonly scope: Scope | null; readonly page: ComponentType }[] = [
  { path: '/', scope: null, page: HomePage },
  { path: '/orders', scope: 'orders:read', page: OrdersPage },
  { path: '/orders/:id', scope: 'orders:read', page: OrderPage },
  { path: '/draft-orders', scope: 'orders:read', page: DraftsPage },
  { path: '/draft-orders/:id', scope: 'orders:read', page: DraftPage },
  { path: '/returns', scope: 'orders:read', page: ReturnsPage },
  { path: '/products', scope: 'catalog:write', page: ProductsPage },
  { path: '/products/new', scope: 'catalog:write', page: NewProductPage },
  { path: '/products/:id', scope: 'catalog:write', page: ProductPage },
  { path: '/imports', scope: 'catalog:write', page: ImportsPage },
  { path: '/imports/:id', scope: 'catalog:write', page: ImportPage },
  { path: '/reviews', scope: 'reviews:read', page: ReviewsPage },
  { path: '/promotions', scope: 'promotions:read', page: PromotionsPage },
  { path: '/promotions/:id', scope: 'promotions:read', page: PromotionPage },
  { path: '/inventory', scope: 'stock:read', page: InventoryPage },
  { path: '/customers', scope: 'customers:read', page: CustomersPage },
  { path: '/customers/:id', scope: 'customers:read', page: CustomerPage },
  { path: '/settings', scope: null, page: SettingsPage },
  { path: '/settings/security', scope: null, page: SecurityPage },
  { path: '/settings/shipping', scope: 'settings:write', page: ShippingPage },
  { path: '/settings/api-keys', scope: 'api-keys:read', page: ApiKeysPage },
  { path: '/settings/members', scope: 'users:read', page: MembersPage },
];

export function App() {
  const { t, language } = useI18n();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return (
    <QueryClientProvider client={queryClient}>
      <Toasts label={t('toast.region')} close={t('action.close')}>
        <Router base="/dashboard">
          <SignedIn />
        </Router>
      </Toasts>
    </QueryClientProvider>
  );
}

function SignedIn() {
  const { t } = useI18n();
  const session = useSession();
  const may = useMay();
  const userId = session?.user.id;
  // Clears the cache when the user changes. Otherwise the next user of this browser would see this user's data.
  useEffect(() => () => queryClient.clear(), [userId]);
  const [path] = useLocation();
  if (path === '/accept') return <AcceptPage />;
  if (path === '/confirm') return <ConfirmPage />;
  if (session === null) return <SignInPage />;
  if (session.user.role === 'SHOPPER')
    return <ShopperNotice text={t('signIn.shopper')} signOutLabel={t('nav.signOut')} />;
  return (
    <Frame>
      <Suspense fallback={<PageSkeleton />}>
        <Switch>
          {ROUTES.filter(({ scope }) => scope === null || may(scope)).map(({ path, page }) => (
            <Route key={path} path={path} component={page} />
          ))}
          <Route component={NotFound} />
        </Switch>
      </Suspense>
    </Frame>
  );
}

function ShopperNotice({ text, signOutLabel }: { readonly text: string; readonly signOutLabel: string }) {
  return (
    <main className="mx-auto max-w-md p-8">
      <Notice
        tone="warn"
        action={
          <button type="button" className="underline" onClick={() => void signOut()}>
            {signOutLabel}
          </button>
        }
      >
        {text}
      </Notice>
    </main>
  );
}

function PageSkeleton() {
  return (
    <div className="mx-auto flex max-w-[80rem] flex-col gap-4 px-4 py-6 md:px-8">
      <Skeleton className="h-8 w-48" />
      <Skeleton className="h-64" />
    </div>
  );
}
