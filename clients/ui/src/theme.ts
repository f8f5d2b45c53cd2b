import { useEffect, useState } from 'react';

/** A color theme. `system` follows the operating system. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'souk-theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The chosen theme of this browser, and a function that changes the theme. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(storedTheme);
  useEffect(() => {
    applyTheme(theme);
    localStorage.setItem(KEY, theme);
  }, [theme]);
  return [theme, setTheme];
}

/** Applies the stored theme. Call this function before the first render: the page must not flash. */
export function applyStoredTheme(): void {
  applyTheme(storedTheme());
}

function storedTheme(): Theme {
  const stored = localStorage.getItem(KEY);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
}
