import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';

export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info' | 'accent';

const SOFT: Readonly<Record<Tone, string>> = {
  neutral: 'bg-sunken text-ink-2',
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  info: 'bg-info-soft text-info',
  accent: 'bg-accent-soft text-accent-ink',
};

export interface BadgeProps {
  /** @default 'neutral' */
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A label with a short word or a count. */
export function Badge({ tone = 'neutral', children, className }: BadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-full px-1.5 text-12 font-medium tabular-nums',
        SOFT[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}

/** A state as a colored dot and a word. The word is for people who cannot distinguish the colors. */
export function StatusPill({ tone = 'neutral', children, className }: BadgeProps) {
  return (
    <span
      className={classNames(
        'inline-flex h-6 items-center gap-1.5 rounded-full px-2 text-12 font-medium whitespace-nowrap',
        SOFT[tone],
        className,
      )}
    >
      <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-current" />
      {children}
    </span>
  );
}
