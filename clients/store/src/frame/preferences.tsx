import { IconButton, Menu, useTheme, type Theme } from '@souk/ui';
import { Globe, SunMoon } from 'lucide-react';
import { chooseLanguage } from '../i18n/language.ts';
import { LANGUAGES, type Language } from '../i18n/locales.ts';
import { useI18n } from '../i18n/use-i18n.ts';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function LanguageMenu() {
  const { t, language } = useI18n();
  const items = (Object.keys(LANGUAGES) as Language[]).map((each) => ({
    label: LANGUAGES[each],
    checked: each === language,
    onSelect: () => chooseLanguage(each),
  }));
  return (
    <Menu
      trigger={
        <IconButton label={`${t('nav.language')}: ${LANGUAGES[language]}`}>
          <Globe aria-hidden className="size-5" strokeWidth={1.75} />
        </IconButton>
      }
      groups={[items]}
    />
  );
}

export function ThemeMenu() {
  const { t } = useI18n();
  const [theme, setTheme] = useTheme();
  const items = THEMES.map((each) => ({
    label: t(`theme.${each}`),
    checked: each === theme,
    onSelect: () => setTheme(each),
  }));
  return (
    <Menu
      trigger={
        <IconButton label={t('nav.theme')}>
          <SunMoon aria-hidden className="size-5" strokeWidth={1.75} />
        </IconButton>
      }
      groups={[items]}
    />
  );
}
