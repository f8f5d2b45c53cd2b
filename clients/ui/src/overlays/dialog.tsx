import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { IconButton } from '../forms/button.tsx';
import { classNames } from '../class-names.ts';

export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  /** The accessible name of the close button. */
  readonly close: string;
  /** The buttons at the end. The main button comes last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
  /**
   * `dialog` is centered. `wide` is centered, for two columns. `sheet` is at the end edge of the screen, `sheet-start`
   * at the start edge.
   * @default 'dialog'
   */
  readonly shape?: 'dialog' | 'wide' | 'sheet' | 'sheet-start';
}

const SHAPES = {
  dialog:
    'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-card sm:inset-x-auto sm:bottom-auto sm:start-1/2 sm:top-[12vh] sm:max-h-[76vh] sm:w-[30rem] sm:-translate-x-1/2 sm:rounded-card sm:rtl:translate-x-1/2 animate-rise',
  wide: 'inset-x-0 bottom-0 max-h-[92dvh] rounded-t-card sm:inset-x-auto sm:bottom-auto sm:start-1/2 sm:top-[10vh] sm:max-h-[80vh] sm:w-[min(46rem,calc(100vw-2rem))] sm:-translate-x-1/2 sm:rounded-card sm:rtl:translate-x-1/2 animate-rise',
  sheet: 'inset-y-0 end-0 w-[min(26rem,100vw)] border-s animate-slide-end',
  'sheet-start': 'inset-y-0 start-0 w-[min(20rem,85vw)] border-e animate-fade',
} as const;

/** A modal dialog, or a sheet at an edge of the screen. On phones a dialog slides in from the bottom. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  close,
  actions,
  children,
  shape = 'dialog',
}: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-fade bg-veil" />
        <Radix.Content
          {...(description === undefined && { 'aria-describedby': undefined })}
          className={classNames(
            'fixed z-50 flex flex-col border bg-surface shadow-floating outline-none',
            SHAPES[shape],
          )}
        >
          <div className="flex items-start justify-between gap-4 ps-5 pe-3 pt-4">
            <div>
              <Radix.Title className="text-18 font-semibold">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-14 text-ink-2">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <IconButton label={close} size="small">
                <X aria-hidden className="size-4" strokeWidth={1.75} />
              </IconButton>
            </Radix.Close>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4">{children}</div>
          {actions && <footer className="flex flex-wrap justify-end gap-2 border-t px-5 py-3">{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
