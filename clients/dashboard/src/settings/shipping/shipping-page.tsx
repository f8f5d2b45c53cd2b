import { Breadcrumb, Button, TextLink, useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../../i18n/use-i18n.ts';
import { ConfirmDialog } from '../../page/confirm-dialog.tsx';
import { Page } from '../../page/page.tsx';
import { ShippingCard } from '../shipping-card.tsx';
import { MethodDialog } from './method-dialog.tsx';
import { PreviewCard } from './preview-card.tsx';
import { RowActions } from './row-actions.tsx';
import { deleteMethod, deleteZone } from './save-shipping.ts';
import { METHODS_KEY, useZones, ZONES_KEY, type MethodSetup, type ShippingZone } from './use-shipping.ts';
import { ZoneDialog } from './zone-dialog.tsx';
import { ZonesCard } from './zones-card.tsx';

/** A shipping method or a zone that a dialog edits or deletes. When `entry` is null, the dialog creates a new one. */
type Target =
  | { readonly kind: 'method'; readonly entry: MethodSetup | null }
  | { readonly kind: 'zone'; readonly entry: ShippingZone | null };
type Doomed =
  | { readonly kind: 'method'; readonly entry: MethodSetup }
  | { readonly kind: 'zone'; readonly entry: ShippingZone };

/** The settings page for shipping methods and zones, with a preview for a cart. */
export function ShippingPage() {
  const { t } = useI18n();
  const zones = useZones().data ?? [];
  const [edited, setEdited] = useState<Target | null>(null);
  const [doomed, setDoomed] = useState<Doomed | null>(null);
  const close = () => setEdited(null);
  const remove = useRemove();
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
          <ShippingCard
            aside={
              <CreateButton
                label={t('shipping.method.create')}
                onClick={() => setEdited({ kind: 'method', entry: null })}
              />
            }
            actionsOf={(entry) => (
              <RowActions
                name={nameOf(entry)}
                onEdit={() => setEdited({ kind: 'method', entry })}
                onDelete={() => setDoomed({ kind: 'method', entry })}
              />
            )}
          />
          <ZonesCard
            aside={
              <CreateButton
                label={t('shipping.zone.create')}
                onClick={() => setEdited({ kind: 'zone', entry: null })}
              />
            }
            actionsOf={(entry) => (
              <RowActions
                name={nameOf(entry)}
                onEdit={() => setEdited({ kind: 'zone', entry })}
                onDelete={() => setDoomed({ kind: 'zone', entry })}
              />
            )}
          />
        </div>
        <PreviewCard />
      </div>
      {edited?.kind === 'method' && <MethodDialog method={edited.entry} zones={zones} onClose={close} />}
      {edited?.kind === 'zone' && <ZoneDialog zone={edited.entry} onClose={close} />}
      <ConfirmDialog
        open={doomed !== null}
        title={t('shipping.delete.title', { name: doomed?.entry.name ?? '' })}
        description={t(doomed?.kind === 'zone' ? 'shipping.delete.zone' : 'shipping.delete.method')}
        confirm={t('shipping.delete.confirm')}
        onClose={() => setDoomed(null)}
        onConfirm={() => doomed && remove.mutate(doomed)}
      />
    </Page>
  );
}

/** The name with the code. Several methods may have the same name. */
function nameOf({ name, code }: { readonly name: string; readonly code: string }): string {
  return `${name} (${code})`;
}

function CreateButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <Button size="small" icon={<Plus aria-hidden className="size-4" strokeWidth={1.75} />} onClick={onClick}>
      {label}
    </Button>
  );
}

function useRemove() {
  const { t } = useI18n();
  const toast = useToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (target: Doomed) => (target.kind === 'zone' ? deleteZone(target.entry) : deleteMethod(target.entry)),
    onSuccess: (isDeleted, { entry }) =>
      toast({ text: t(isDeleted ? 'shipping.done.deleted' : 'shipping.done.switchedOff', { name: entry.name }) }),
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: METHODS_KEY });
      await queries.invalidateQueries({ queryKey: ZONES_KEY });
    },
  });
}
