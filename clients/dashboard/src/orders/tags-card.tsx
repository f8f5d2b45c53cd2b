import { Button, Card, IconButton, Input, TextLink } from '@souk/ui';
import { X } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { useI18n } from '../i18n/use-i18n.ts';
import { useMay } from '../session/use-session.ts';
import type { OrderActions } from './use-order-action.ts';
import type { ManagedOrder } from './use-order.ts';

export interface TagsCardProps {
  readonly order: ManagedOrder;
  readonly actions: OrderActions;
}

/** The card with the tags of an order. Each tag links to the list of orders with that tag. */
export function TagsCard({ order, actions }: TagsCardProps) {
  const { t } = useI18n();
  const mayWrite = useMay()('orders:write');
  const [tag, setTag] = useState('');
  const tags = order.tags ?? [];
  const save = (next: readonly string[]) => actions.run({ kind: 'TAG', tags: next }, order);
  return (
    <Card title={t('order.tags')}>
      {tags.length === 0 && <p className="text-14 text-ink-2">{t('order.tags.none')}</p>}
      <ul className="flex flex-wrap gap-2">
        {tags.map((each) => (
          <li key={each} className="flex items-center gap-1 rounded-card border px-2 py-0.5 text-14">
            <TextLink asChild kind="plain">
              <Link href={`/orders?tag=${encodeURIComponent(each)}`}>{each}</Link>
            </TextLink>
            {mayWrite && (
              <IconButton
                size="small"
                label={t('order.tags.remove', { tag: each })}
                onClick={() => save(tags.filter((other) => other !== each))}
              >
                <X aria-hidden className="size-4" strokeWidth={1.75} />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <form
          className="mt-3 flex gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (tag.trim() === '') return;
            save([...tags, tag.trim()]);
            setTag('');
          }}
        >
          <Input
            aria-label={t('order.tags.new')}
            placeholder={t('order.tags.new')}
            maxLength={40}
            value={tag}
            onChange={({ target }) => setTag(target.value)}
          />
          <Button type="submit">{t('order.tags.add')}</Button>
        </form>
      )}
    </Card>
  );
}
