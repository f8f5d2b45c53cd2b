import { useEffect, useRef, useState } from 'react';

export interface RowKeys {
  /** The index of the highlighted row. -1 before the first key press. */
  readonly marked: number;
}

/** Keyboard control of a list: j and k move the highlight, Enter opens the highlighted row, "/" focuses the search. */
export function useRowKeys(
  count: number,
  onOpen: (index: number) => void,
  onMark: (index: number) => void,
  focusSearch: () => void,
): RowKeys {
  const [marked, setMarked] = useState(-1);
  const latest = useRef({ marked, count, onOpen, onMark, focusSearch });
  useEffect(() => {
    latest.current = { marked, count, onOpen, onMark, focusSearch };
  });
  useEffect(() => {
    const move = (to: number) => {
      const next = Math.max(0, Math.min(latest.current.count - 1, to));
      setMarked(next);
      latest.current.onMark(next);
    };
    const press = (event: KeyboardEvent) => {
      if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      const { marked: present, onOpen: open, focusSearch: search } = latest.current;
      if (event.key === 'j') move(present + 1);
      else if (event.key === 'k') move(present - 1);
      else if (event.key === 'Enter' && present >= 0 && event.target === document.body) open(present);
      else if (event.key === '/') {
        event.preventDefault();
        search();
      }
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return { marked: Math.min(marked, count - 1) };
}

/** Whether the key press goes to a text field, a menu or a dialog. */
function isTyping({ target }: KeyboardEvent): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, [role=dialog], [role=menu], [role=listbox]') !== null
  );
}
