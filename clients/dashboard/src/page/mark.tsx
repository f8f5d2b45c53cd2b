import { classNames } from '@souk/ui';

/** The logo of Souk: an awning over a market stall, with the name. */
export function Mark({ className, hideName = false }: { readonly className?: string; readonly hideName?: boolean }) {
  return (
    <span className={classNames('flex items-center gap-2.5', className)}>
      <svg viewBox="0 0 32 32" className="size-7 shrink-0" aria-hidden>
        <path d="M4 5h24l3 9a4 4 0 0 1-8 0 4 4 0 0 1-7 0 4 4 0 0 1-7 0 4 4 0 0 1-8 0z" className="fill-accent" />
        <path d="M5 20h22v8H5z" className="fill-ink" />
      </svg>
      {!hideName && <span className="font-serif text-22 font-semibold">Souk</span>}
    </span>
  );
}
