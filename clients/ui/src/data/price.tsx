import { classNames } from '../class-names.ts';
import type { ReactNode } from 'react';

export interface PriceProps {
  readonly price: string;
  /** The formatted compare-at price, which is struck through. */
  readonly compareAt?: string | undefined;
  /** The label for the compare-at price in screen readers: "Before". */
  readonly compareAtLabel?: string;
  /** The text before the price, such as "from". */
  readonly prefix?: string;
  /** The note after the price: a price per unit, or "incl. VAT". */
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
