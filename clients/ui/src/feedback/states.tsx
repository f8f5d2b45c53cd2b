import type { ReactNode } from 'react';
import { classNames } from '../class-names.ts';

/** A placeholder while content loads. `className` sets its size. */
export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden className={classNames('animate-wait rounded-control bg-hover', className)} />;
}

export interface EmptyStateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly text?: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
  /** Whether the title is the heading of the page. @default false */
  readonly isPage?: boolean;
}

/** A message with one action, for an empty list or a part that failed to load. */
export function EmptyState({ icon, title, text, action, className, isPage = false }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'p';
  return (
    <div className={classNames('flex flex-col items-center gap-2 px-6 py-16 text-center', className)}>
      {icon && <div className="mb-1 text-ink-3">{icon}</div>}
      <Title className="text-16 font-medium">{title}</Title>
      {text && <p className="max-w-[44ch] text-14 text-ink-2">{text}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}

const NOTICE = {
  info: 'border-info/30 bg-info-soft text-info',
  good: 'border-good/30 bg-good-soft text-good',
  warn: 'border-warn/30 bg-warn-soft text-warn',
  bad: 'border-bad/30 bg-bad-soft text-bad',
} as const;

export interface NoticeProps {
  readonly tone: keyof typeof NOTICE;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
  readonly action?: ReactNode;
  readonly className?: string;
}

/** A message within a page. Screen readers announce a message with the tone `bad` immediately. */
export function Notice({ tone, icon, children, action, className }: NoticeProps) {
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classNames('flex items-start gap-3 rounded-card border p-3 text-14', NOTICE[tone], className)}
    >
      {icon}
      <div className="min-w-0 flex-1">{children}</div>
      {action}
    </div>
  );
}
