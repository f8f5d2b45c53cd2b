import { Button, Card, Field, Select, useTheme, type Theme } from '@souk/ui';
import { Link } from 'wouter';
import { chooseLanguage, LANGUAGES, useI18n, type Language } from '../i18n/use-i18n.ts';
import { Page } from '../page/page.tsx';
import { useMay, useSession } from '../session/use-session.ts';
import { SessionsCard } from './sessions-card.tsx';
import { ShippingCard } from './shipping-card.tsx';
import { WarehousesCard } from './warehouses-card.tsx';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The settings page. It shows the cards that the staff member's scopes allow. */
export function SettingsPage() {
  const { t } = useI18n();
  const may = useMay();
  return (
    <Page title={t('settings.title')}>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <AccountCard />
        <AppearanceCard />
        <LinkCard of="security" href="/settings/security" />
        {may('users:read') && <LinkCard of="members" href="/settings/members" />}
        {may('api-keys:read') && <LinkCard of="keys" href="/settings/api-keys" />}
        <SessionsCard />
        {may('stock:read') && <WarehousesCard />}
        {may('settings:write') && <ShippingCard isLinked />}
      </div>
    </Page>
  );
}

function LinkCard({ of, href }: { readonly of: 'security' | 'members' | 'keys'; readonly href: string }) {
  const { t } = useI18n();
  return (
    <Card title={t(`${of}.title`)}>
      <p className="mb-4 text-14 text-ink-3">{t(`${of}.text`)}</p>
      <Button asChild className="self-start">
        <Link href={href}>{t(`${of}.open`)}</Link>
      </Button>
    </Card>
  );
}

function AccountCard() {
  const { t } = useI18n();
  const user = useSession()?.user;
  if (!user) return null;
  const rows = [
    [t('signIn.email'), user.email],
    [t('settings.role'), t(`settings.role.${user.role as 'OWNER' | 'STAFF' | 'SHOPPER'}`)],
    [t('settings.shop'), user.tenant?.name ?? ''],
  ] as const;
  return (
    <Card title={t('settings.account')}>
      <dl className="flex flex-col gap-3 text-14">
        {rows.map(([label, value]) => (
          <div key={label} className="flex flex-wrap justify-between gap-x-4">
            <dt className="text-ink-2">{label}</dt>
            <dd className="break-all">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function AppearanceCard() {
  const { t, language } = useI18n();
  const [theme, setTheme] = useTheme();
  const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }));
  return (
    <Card title={t('settings.appearance')}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('settings.language')}>
          {(control) => <Select control={control} value={language} choices={languages} onChange={chooseLanguage} />}
        </Field>
        <Field label={t('settings.theme')}>
          {(control) => (
            <Select
              control={control}
              value={theme}
              choices={THEMES.map((each) => ({ value: each, label: t(`theme.${each}`) }))}
              onChange={setTheme}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
