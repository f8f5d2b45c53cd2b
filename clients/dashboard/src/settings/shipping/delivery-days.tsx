import { useI18n } from '../../i18n/use-i18n.ts';

/** The range of working days that a delivery takes. Empty when `days` is null. */
export function DeliveryDays({ days }: { readonly days: { readonly min: number; readonly max: number } | null }) {
  const { t } = useI18n();
  if (!days) return null;
  return <>{days.min === days.max ? t('shipping.day', { days: days.max }) : t('shipping.days', days)}</>;
}
