import type { enSecurity } from './en-security.ts';

/** The German texts about the authenticator app: the second step of the sign-in. */
export const deSecurity: Readonly<Record<keyof typeof enSecurity, string>> = {
  'code.title': 'Code eingeben',
  'code.text': 'Dieses Konto braucht zur Anmeldung einen Code der Authenticator-App.',
  'code.label': 'Code',
  'code.help': 'Die sechs Ziffern, die die App zeigt.',
  'code.recovery.help': 'Ein Wiederherstellungscode gilt einmal.',
  'code.useRecovery': 'Wiederherstellungscode verwenden',
  'code.useApp': 'App verwenden',
  'code.required': 'Gib einen Code ein.',
  'code.wrong': 'Der Code ist falsch oder schon verwendet. Gib den Code ein, den die App jetzt zeigt.',
  'code.submit': 'Weiter',
  'code.back': 'Zurück zum Passwort',
  'code.expired': 'Der Code kam zu spät. Gib das Passwort noch einmal ein.',
};
