import { SoukProvider } from '@souk/sdk/react';
import { Skeleton, Toasts } from '@souk/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { http, queryClient } from './api/clients.ts';
import { CartPage } from './cart/cart-page.tsx';
import { Frame } from './frame/frame.tsx';
import { HomePage } from './home/home-page.tsx';
import { directionOf } from './i18n/locales.ts';
import { useI18n } from './i18n/use-i18n.ts';
import { AllProductsPage, CategoryPage, CollectionPage } from './list/list-pages.tsx';
import { NotFound } from './page/page-states.tsx';
import { ProductPage } from './product/product-page.tsx';

const CheckoutPage = lazy(() =>
  import('./checkout/checkout-page.tsx').then(({ CheckoutPage: page }) => ({ default: page })),
);
const OrderPage = lazy(() => import('./order/order-page.tsx').then(({ OrderPage: page }) => ({ default: page })));
const OrdersPage = lazy(() => import('./order/orders-page.tsx').then(({ OrdersPage: page }) => ({ default: page })));
const AccountPage = lazy(() =>
  import('./account/account-page.tsx').then(({ AccountPage: page }) => ({ default: page })),
);
const MailRequestPage = lazy(() =>
  import('./account/mail-request-page.tsx').then(({ MailRequestPage: page }) => ({ default: page })),
);
const LinkPage = lazy(() => import('./account/link-page.tsx').then(({ LinkPage: page }) => ({ default: page })));
const WishlistPage = lazy(() =>
  import('./account/wishlist-page.tsx').then(({ WishlistPage: page }) => ({ default: page })),
);
const SearchPage = lazy(() => import('./search/search-page.tsx').then(({ SearchPage: page }) => ({ default: page })));

export function App() {
  const { t } = useI18n();
  useLanguageOfPage();
  return (
    <QueryClientProvider client={queryClient}>
      <SoukProvider http={http}>
        <Toasts label={t('toast.region')} close={t('nav.close')}>
          <Router base="/store">
            <Frame>
              <Suspense fallback={<PageSkeleton />}>
                <Switch>
                  <Route path="/" component={HomePage} />
                  <Route path="/products" component={AllProductsPage} />
                  <Route path="/products/:slug" component={ProductPage} />
                  <Route path="/categories/:slug" component={CategoryPage} />
                  <Route path="/collections/:slug" component={CollectionPage} />
                  <Route path="/search" component={SearchPage} />
                  <Route path="/cart" component={CartPage} />
                  <Route path="/account" component={AccountPage} />
                  <Route path="/account/wishlist" component={WishlistPage} />
                  <Route path="/account/register">
                    <MailRequestPage purpose="register" />
                  </Route>
                  <Route path="/account/link">
                    <MailRequestPage purpose="link" />
                  </Route>
                  <Route path="/account/forgot">
                    <MailRequestPage purpose="forgot" />
                  </Route>
                  <Route path="/account/verify">
                    <LinkPage purpose="verify" />
                  </Route>
                  <Route path="/account/reset">
                    <LinkPage purpose="reset" />
                  </Route>
                  <Route path="/account/login">
                    <LinkPage purpose="login" />
                  </Route>
                  <Route path="/checkout" component={CheckoutPage} />
                  <Route path="/orders" component={OrdersPage} />
                  <Route path="/orders/:id" component={OrderPage} />
                  <Route component={NotFound} />
                </Switch>
              </Suspense>
              <ScrollToTop />
            </Frame>
          </Router>
        </Toasts>
      </SoukProvider>
    </QueryClientProvider>
  );
}

/**
 * Sets `lang` and `dir` of the document. After a change of the language, all queries run again, because the API
 * translates product names.
 */
function useLanguageOfPage(): void {
  const { language } = useI18n();
  const shown = useRef(language);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
    if (shown.current === language) return;
    shown.current = language;
    void queryClient.invalidateQueries();
  }, [language]);
}

/** Scrolls to the top after a link. After the back button, the browser itself restores the scroll position. */
function ScrollToTop() {
  const [path] = useLocation();
  const isBack = useRef(false);
  useEffect(() => {
    const onBack = () => void (isBack.current = true);
    addEventListener('popstate', onBack);
    return () => removeEventListener('popstate', onBack);
  }, []);
  useEffect(() => {
    if (!isBack.current) scrollTo(0, 0);
    isBack.current = false;
  }, [path]);
  return null;
}

function PageSkeleton() {
  return (
    <div className="mx-auto flex w-full max-w-[78rem] flex-col gap-6 px-4 py-10 sm:px-6 lg:px-8">
      <Skeleton className="h-10 w-56" />
      <Skeleton className="h-72" />
    </div>
  );
}
