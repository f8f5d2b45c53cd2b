import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button } from '../forms/button.tsx';
import type { ReactNode } from 'react';

export interface PaginationProps {
  readonly label: string;
  readonly previous: string;
  readonly next: string;
  /** Called when the user requests the previous page. Null on the first page. */
  readonly onPrevious: (() => void) | null;
  readonly onNext: (() => void) | null;
  /** The text between the buttons: "1 to 50 of 312". */
  readonly children?: ReactNode;
}

/** Buttons for the previous and the next page of a list with cursors. A list with cursors has no page numbers. */
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
