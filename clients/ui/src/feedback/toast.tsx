import { X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { createContext, use, useCallback, useMemo, useState, type ReactNode } from 'react';
import { IconButton } from '../forms/button.tsx';
import { classNames } from '../class-names.ts';

/** A message that disappears after some seconds. */
export interface ToastMessage {
  readonly text: string;
  /** @default 'neutral' */
  readonly tone?: 'neutral' | 'bad';
  /** One action, for instance undo. */
  readonly action?: { readonly label: string; readonly onAction: () => void };
}

type ShowToast = (message: ToastMessage) => void;

const Context = createContext<ShowToast | null>(null);
const DURATION_MS = 6000;

export interface ToastsProps {
  /** The accessible name of the region with the toasts. */
  readonly label: string;
  readonly close: string;
  readonly children: ReactNode;
}

/** Provides `useToast` to the children, and shows the toasts above them. */
export function Toasts({ label, close, children }: ToastsProps) {
  const [shown, setShown] = useState<readonly (ToastMessage & { readonly key: number })[]>([]);
  const show = useCallback<ShowToast>(
    (message) => setShown((others) => [...others, { ...message, key: (others.at(-1)?.key ?? 0) + 1 }]),
    [],
  );
  const remove = (key: number) => setShown((others) => others.filter((each) => each.key !== key));
  return (
    <Context value={show}>
      <Radix.Provider duration={DURATION_MS} label={label} swipeDirection="down">
        {children}
        {shown.map(({ key, text, tone = 'neutral', action }) => (
          <Radix.Root
            key={key}
            type={tone === 'bad' ? 'foreground' : 'background'}
            onOpenChange={(open) => !open && remove(key)}
            className={classNames(
              'flex animate-rise items-center gap-3 rounded-card border bg-surface py-2 ps-4 pe-2 shadow-floating',
              tone === 'bad' && 'border-bad',
            )}
          >
            <Radix.Description className="flex-1 text-14">{text}</Radix.Description>
            {action && (
              <Radix.Action altText={action.label} asChild>
                <button
                  type="button"
                  onClick={action.onAction}
                  className="rounded-control px-2 py-1 text-14 font-medium text-accent-ink hover:bg-hover"
                >
                  {action.label}
                </button>
              </Radix.Action>
            )}
            <Radix.Close asChild>
              <IconButton label={close} size="small">
                <X aria-hidden className="size-4" strokeWidth={1.75} />
              </IconButton>
            </Radix.Close>
          </Radix.Root>
        ))}
        <Radix.Viewport className="fixed end-4 bottom-4 z-60 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 outline-none" />
      </Radix.Provider>
    </Context>
  );
}

/** Returns the function that shows a toast. @throws Error outside of `Toasts` */
export function useToast(): ShowToast {
  const show = use(Context);
  if (show === null) throw new Error('useToast needs <Toasts> above the component.');
  return useMemo(() => show, [show]);
}
