import { classNames } from '../class-names.ts';
import type { ReactNode } from 'react';

export interface PriceProps {
  /** The formatted price. */
  readonly price: string;
  /** The formatted earlier price, struck through. */
  readonly compareAt?: string | undefined;
  /** The text that screen readers read before the earlier price: "Before". */
  readonly compareAtLabel?: string;
  /** The text before the price: "from". */
  readonly prefix?: string;
  /** A note after the price: a base price, or "incl. VAT". */
  readonly note?: ReactNode;
  readonly className?: string;
}

export function Price({ price, compareAt, compareAtLabel, prefix, note, className }: PriceProps) {
  return (
    <span className={classNames('inline-flex flex-wrap items-baseline gap-x-2 tabular-nums', className)}>
      {prefix && <span className="text-ink-3">{prefix}</span>}
      <span className={classNames('font-medium', compareAt && 'text-bad')}>{price}</span>
      {compareAt && (
        <s className="text-ink-3">
          <span className="sr-only">{compareAtLabel} </span>
          {compareAt}
        </s>
      )}
      {note && <span className="text-12 text-ink-3">{note}</span>}
    </span>
  );
}
