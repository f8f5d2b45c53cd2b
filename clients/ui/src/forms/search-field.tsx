import { Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { classNames } from '../class-names.ts';
import { CONTROL } from './field.tsx';

/** A suggestion below the field. */
export interface SearchSuggestion {
  readonly key: string;
  /** The accessible name, which is also shown when there is no `content`. */
  readonly label: string;
  readonly content?: ReactNode;
  readonly onSelect: () => void;
}

export interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called when the user presses Enter and no suggestion is selected. */
  readonly onSubmit: () => void;
  readonly suggestions: readonly SearchSuggestion[];
  /** The text that screen readers announce when suggestions appear: "3 suggestions". */
  readonly announcement: string;
  readonly className?: string;
}

/**
 * A search field with suggestions, after the editable combobox of the ARIA Authoring Practices Guide. The focus stays
 * in the field. Arrow keys select a suggestion, Enter opens it, Escape closes the list.
 */
export function SearchField(props: SearchFieldProps) {
  const { label, value, onChange, onSubmit, suggestions, announcement, className } = props;
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const shown = isOpen && suggestions.length > 0;
  const active = shown ? suggestions[chosen] : undefined;
  const close = () => {
    setOpen(false);
    setChosen(-1);
  };
  const take = (suggestion: SearchSuggestion | undefined) => {
    close();
    if (suggestion) suggestion.onSelect();
    else onSubmit();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape' && shown) {
      event.preventDefault(); // Browsers empty a search field for Escape. The first one closes the list only.
      close();
    }
    if (step === 0 || suggestions.length === 0) return;
    event.preventDefault();
    setOpen(true);
    // The arrow keys cycle through the suggestions and the field itself, so there is one position more than
    // suggestions.
    const places = suggestions.length + 1;
    setChosen(shown ? ((chosen + 1 + step + places) % places) - 1 : step > 0 ? 0 : suggestions.length - 1);
  };
  return (
    <search className={classNames('relative', className)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          take(active);
        }}
      >
        <Search
          aria-hidden
          className="pointer-events-none absolute start-3 top-3 size-4 text-ink-3"
          strokeWidth={1.75}
        />
        <input
          type="search"
          role="combobox"
          aria-label={label}
          placeholder={label}
          aria-autocomplete="list"
          aria-expanded={shown}
          aria-controls={shown ? `${id}-list` : undefined}
          aria-activedescendant={active && `${id}-${active.key}`}
          autoComplete="off"
          enterKeyHint="search"
          maxLength={200}
          value={value}
          onChange={({ target }) => {
            onChange(target.value);
            setOpen(true);
            setChosen(-1);
          }}
          onFocus={() => setOpen(true)}
          onBlur={close}
          onKeyDown={onKeyDown}
          className={classNames(CONTROL, 'h-10 ps-9')}
        />
      </form>
      <p aria-live="polite" className="sr-only">
        {shown && announcement}
      </p>
      {shown && (
        <div
          id={`${id}-list`}
          role="listbox"
          aria-label={label}
          className="absolute inset-x-0 top-full z-40 mt-1 max-h-[70vh] animate-rise overflow-y-auto rounded-card border bg-surface p-1 shadow-floating"
        >
          {suggestions.map((suggestion, index) => (
            <button
              key={suggestion.key}
              type="button"
              tabIndex={-1}
              id={`${id}-${suggestion.key}`}
              role="option"
              aria-label={suggestion.label}
              aria-selected={index === chosen}
              // Keeps the focus in the field. On `blur` the list of suggestions would close before the click reaches
              // it.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(suggestion)}
              className="flex min-h-10 w-full cursor-pointer items-center text-start rounded-control px-2.5 text-14 hover:bg-hover aria-selected:bg-hover"
            >
              {suggestion.content ?? suggestion.label}
            </button>
          ))}
        </div>
      )}
    </search>
  );
}
