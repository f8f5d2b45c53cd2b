import { Card, classNames, NUMERIC, Table, Td, Th } from '@souk/ui';
import { useI18n } from '../i18n/use-i18n.ts';
import { packedQuantities } from './next-steps.ts';
import type { ManagedOrder } from './use-order.ts';

/** The card with the lines of an order, and their packed and canceled units. */
export function LinesCard({ order }: { readonly order: ManagedOrder }) {
  const { t, money } = useI18n();
  const packed = packedQuantities(order.fulfillments);
  return (
    <Card title={t('order.lines')} flush>
      <Table label={t('order.lines')}>
        <thead>
          <tr>
            <Th className="ps-4">{t('order.line.item')}</Th>
            <Th className={NUMERIC}>{t('order.line.quantity')}</Th>
            <Th className={classNames(NUMERIC, 'hidden sm:table-cell')}>{t('order.line.price')}</Th>
            <Th className={classNames(NUMERIC, 'pe-4')}>{t('order.line.total')}</Th>
          </tr>
        </thead>
        <tbody>
          {order.lines.map(({ id, name, sku, options, quantity, canceledQuantity, unitPrice, total }) => (
            <tr key={id} className="align-top last:*:border-b-0">
              <Td className="ps-4">
                <span className="block font-medium">{name}</span>
                <span className="block text-12 text-ink-3">
                  {[sku, ...options.map(({ value }) => value)].join(' · ')}
                </span>
              </Td>
              <Td className={NUMERIC}>
                {quantity}
                {canceledQuantity > 0 && (
                  <span className="block text-12 text-bad">
                    {t('order.line.canceled', { count: canceledQuantity })}
                  </span>
                )}
                {packed.has(id) && (
                  <span className="block text-12 text-ink-3">
                    {t('order.line.packed', { packed: packed.get(id) ?? 0, quantity })}
                  </span>
                )}
              </Td>
              <Td className={classNames(NUMERIC, 'hidden sm:table-cell')}>{money(unitPrice)}</Td>
              <Td className={classNames(NUMERIC, 'pe-4')}>{money(total)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
