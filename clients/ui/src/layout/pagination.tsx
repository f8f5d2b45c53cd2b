import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../forms/button.tsx';
import type { ReactNode } from 'react';

export interface PaginationProps {
  readonly label: string;
  readonly previous: string;
  readonly next: string;
  /** Called for the earlier page. Null on the first page. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  /** The text in the middle: "1 to 50 of 312". */
  readonly children?: ReactNode;
}

/** Buttons for the earlier and the later page of a list with cursors. Such a list has no page numbers. */
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
