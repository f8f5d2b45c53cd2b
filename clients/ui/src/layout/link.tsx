import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '../class-names.ts';

export interface TextLinkProps extends ComponentProps<'a'> {
  /** `plain` in lists and navigation: underlined on hover only. @default 'text' */
  readonly kind?: 'text' | 'plain';
  /** Renders the single child (a router's link) as this link. @default false */
  readonly asChild?: boolean;
}

export function TextLink({ kind = 'text', asChild = false, className, ...rest }: TextLinkProps) {
  const Tag = asChild ? Slot.Root : 'a';
  return (
    <Tag
      className={classNames(
        'rounded-[2px] underline-offset-[0.2em]',
        kind === 'text' ? 'text-accent-ink underline hover:no-underline' : 'text-ink no-underline hover:underline',
        className,
      )}
      {...rest}
    />
  );
}
