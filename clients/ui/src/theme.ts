import { useEffect, useState } from 'react';

/** A color theme. `system` follows the setting of the operating system. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'souk-theme';
const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** Returns the theme of this browser, and a function that changes and stores it. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(storedTheme);
  useEffect(() => {
    applyTheme(theme);
    localStorage.setItem(KEY, theme);
  }, [theme]);
  return [theme, setTheme];
}

/** Applies the stored theme. Call it before the first render, otherwise the page flashes in the wrong colors. */
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
