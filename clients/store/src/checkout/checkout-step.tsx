import { classNames } from '@souk/ui';
import type { ReactNode } from 'react';

export interface CheckoutStepProps {
  readonly number: number;
  readonly title: string;
  /** Whether the content is hidden until the earlier steps are complete. @default false */
  readonly isWaiting?: boolean;
  readonly children: ReactNode;
}

/** A numbered step of the checkout. */
export function CheckoutStep({ number, title, isWaiting = false, children }: CheckoutStepProps) {
  return (
    <section aria-label={title} className="rounded-card border bg-surface p-5 sm:p-6">
      <h2 className={classNames('flex items-center gap-3 text-18 font-semibold', isWaiting && 'text-ink-3')}>
        <span
          aria-hidden
          className={classNames(
            'grid size-7 place-items-center rounded-full text-14 font-medium tabular-nums',
            isWaiting ? 'bg-sunken text-ink-3' : 'bg-accent-soft text-accent-ink',
          )}
        >
          {number}
        </span>
        {title}
      </h2>
      {!isWaiting && <div className="mt-5">{children}</div>}
    </section>
  );
}
