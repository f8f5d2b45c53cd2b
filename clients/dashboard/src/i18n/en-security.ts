/** The texts about the authenticator app: the second step of the sign-in. */
export const enSecurity = {
  'code.title': 'Enter a code',
  'code.text': 'Sign-ins to this account need a code of the authenticator app.',
  'code.label': 'Code',
  'code.help': 'The six digits that the app shows.',
  'code.recovery.help': 'A recovery code works once.',
  'code.useRecovery': 'Use a recovery code',
  'code.useApp': 'Use the app',
  'code.required': 'Enter a code.',
  'code.wrong': 'The code is wrong or was used already. Enter the code that the app shows now.',
  'code.submit': 'Continue',
  'code.back': 'Back to the password',
  'code.expired': 'The code took too long. Enter the password again.',
} as const;
