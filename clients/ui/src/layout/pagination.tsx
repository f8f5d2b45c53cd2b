import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../forms/button.tsx';
import type { ReactNode } from 'react';

export interface PaginationProps {
  readonly label: string;
  readonly previous: string;
  readonly next: string;
  /** Null where there is no earlier page. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  /** Text in the middle: "1 to 50 of 312". */
  readonly children?: ReactNode;
}

/** Steps through pages of a cursor, which knows no page numbers. */
export function Pagination({ label, previous, next, onPrevious, onNext, children }: PaginationProps) {
  return (
    <nav aria-label={label} className="flex items-center justify-between gap-4 text-14 text-ink-2">
      <Button
        size="small"
        disabled={onPrevious === null}
        onClick={() => onPrevious?.()}
        icon={<ChevronLeft aria-hidden className="size-4 rtl:rotate-180" strokeWidth={1.75} />}
      >
        {previous}
      </Button>
      <span className="tabular-nums">{children}</span>
      <Button size="small" disabled={onNext === null} onClick={() => onNext?.()}>
        {next}
        <ChevronRight aria-hidden className="size-4 rtl:rotate-180" strokeWidth={1.75} />
      </Button>
    </nav>
  );
}
