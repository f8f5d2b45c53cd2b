import { Breadcrumb, TextLink } from '@souk/ui';
import { Link } from 'wouter';
import { useI18n } from '../../i18n/use-i18n.ts';
import { Page } from '../../page/page.tsx';
import { ShippingCard } from '../shipping-card.tsx';
import { PreviewCard } from './preview-card.tsx';
import { ZonesCard } from './zones-card.tsx';

/** The settings page for shipping methods and zones, with a preview for a cart. */
export function ShippingPage() {
  const { t } = useI18n();
  const link = (
    <TextLink kind="plain" asChild className="text-ink-3">
      <Link href="/settings">{t('nav.settings')}</Link>
    </TextLink>
  );
  const above = (
    <Breadcrumb label={t('nav.settings')} parents={[{ key: 'settings', link }]} current={t('shipping.title')} />
  );
  return (
    <Page title={t('shipping.title')} above={above}>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <ShippingCard />
          <ZonesCard />
        </div>
        <PreviewCard />
      </div>
    </Page>
  );
}
