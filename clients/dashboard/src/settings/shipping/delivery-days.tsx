import { useI18n } from '../../i18n/use-i18n.ts';

/** The working days of a delivery. Nothing when they are not known. */
export function DeliveryDays({ days }: { readonly days: { readonly min: number; readonly max: number } | null }) {
  const { t } = useI18n();
  if (!days) return null;
  return <>{days.min === days.max ? t('shipping.day', { days: days.max }) : t('shipping.days', days)}</>;
}
