import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { classNames } from '../class-names.ts';

export interface TextLinkProps extends ComponentProps<'a'> {
  /** `plain` is for lists and navigation: the link is underlined only on hover. @default 'text' */
  readonly kind?: 'text' | 'plain';
  /** Whether the single child, a router's link component, is rendered with the look of this link. @default false */
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
