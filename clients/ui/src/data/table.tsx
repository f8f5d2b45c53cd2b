import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from '../class-names.ts';

export interface TableProps extends ComponentProps<'table'> {
  /**
   * The accessible name. Required when the table has no links or buttons: the table itself then takes the keyboard
   * focus for scrolling.
   */
  readonly label?: string;
}

/** A table that scrolls horizontally when it is too wide. */
export function Table({ className, label, ...rest }: TableProps) {
  const region = label === undefined ? {} : { tabIndex: 0, role: 'group', 'aria-label': label };
  return (
    <div className="overflow-x-auto -outline-offset-2" {...region}>
      <table className={classNames('w-full border-collapse text-14', className)} {...rest} />
    </div>
  );
}

export function Th({ className, ...rest }: ComponentProps<'th'>) {
  return (
    <th
      scope="col"
      className={classNames('h-9 border-b px-3 text-start text-12 font-medium whitespace-nowrap text-ink-3', className)}
      {...rest}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<'td'>) {
  return <td className={classNames('h-10 border-b px-3 py-1.5', className)} {...rest} />;
}

/** Classes for cells with numbers or money: aligned at the end, with digits of equal width. */
export const NUMERIC = 'text-end tabular-nums';

export type SortState = 'ascending' | 'descending' | 'none';

export interface SortableThProps {
  readonly label: string;
  readonly sort: SortState;
  readonly onSort: () => void;
  readonly className?: string;
}

export function SortableTh({ label, sort, onSort, className }: SortableThProps) {
  const Icon = { ascending: ArrowUp, descending: ArrowDown, none: ArrowUpDown }[sort];
  return (
    <Th aria-sort={sort} className={classNames(className)}>
      <button type="button" onClick={onSort} className="inline-flex items-center gap-1 hover:text-ink">
        {label}
        <Icon aria-hidden className="size-3.5" strokeWidth={1.75} />
      </button>
    </Th>
  );
}
