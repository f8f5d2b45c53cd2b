import type { AccountTemplate } from './message.ts';
import type { MessageLanguage, MessageText } from './message-texts.ts';

/** The texts of mails about accounts, by language. */
export const ACCOUNT_TEXTS: Readonly<Record<MessageLanguage, Readonly<Record<AccountTemplate, MessageText>>>> = {
  en: {
    EMAIL_VERIFICATION: {
      subject: 'Open your account at {shop}',
      paragraphs: [
        'We received a request for an account at {shop} with this e-mail address. Choose a password to open it. The link works once, within 24 hours.',
        'If it was not you, ignore this mail. No account is opened.',
      ],
      action: 'Choose a password',
    },
    ACCOUNT_EXISTS: {
      subject: 'You have an account at {shop}',
      paragraphs: [
        'We received a request for an account at {shop} with this e-mail address. You have one already. The link logs you in. It works once, within 15 minutes.',
        'If it was not you, ignore this mail. Nothing has changed.',
      ],
      action: 'Log in',
    },
    PASSWORD_RESET: {
      subject: 'A new password for {shop}',
      paragraphs: [
        'We received a request for a new password for your account at {shop}. The link works once, within an hour, and ends all logins on other devices.',
        'If it was not you, ignore this mail. Your password has not changed.',
      ],
      action: 'Choose a new password',
    },
    LOGIN_LINK: {
      subject: 'Your login at {shop}',
      paragraphs: [
        'The link logs you in to {shop}. It works once, within 15 minutes.',
        'If you did not ask for it, ignore this mail.',
      ],
      action: 'Log in',
    },
  },
  de: {
    EMAIL_VERIFICATION: {
      subject: 'Ihr Konto bei {shop}',
      paragraphs: [
        'Für diese E-Mail-Adresse wurde ein Konto bei {shop} angefragt. Wählen Sie ein Passwort, um es zu eröffnen. Der Link gilt einmal und 24 Stunden lang.',
        'Falls Sie das nicht waren, ignorieren Sie diese Nachricht. Es wird kein Konto eröffnet.',
      ],
      action: 'Passwort wählen',
    },
    ACCOUNT_EXISTS: {
      subject: 'Sie haben bereits ein Konto bei {shop}',
      paragraphs: [
        'Für diese E-Mail-Adresse wurde ein Konto bei {shop} angefragt. Sie haben bereits eines. Der Link meldet Sie an. Er gilt einmal und 15 Minuten lang.',
        'Falls Sie das nicht waren, ignorieren Sie diese Nachricht. Es hat sich nichts geändert.',
      ],
      action: 'Anmelden',
    },
    PASSWORD_RESET: {
      subject: 'Ein neues Passwort für {shop}',
      paragraphs: [
        'Für Ihr Konto bei {shop} wurde ein neues Passwort angefragt. Der Link gilt einmal und eine Stunde lang. Er beendet alle Anmeldungen auf anderen Geräten.',
        'Falls Sie das nicht waren, ignorieren Sie diese Nachricht. Ihr Passwort bleibt gleich.',
      ],
      action: 'Neues Passwort wählen',
    },
    LOGIN_LINK: {
      subject: 'Ihre Anmeldung bei {shop}',
      paragraphs: [
        'Der Link meldet Sie bei {shop} an. Er gilt einmal und 15 Minuten lang.',
        'Falls Sie ihn nicht angefragt haben, ignorieren Sie diese Nachricht.',
      ],
      action: 'Anmelden',
    },
  },
  ar: {
    EMAIL_VERIFICATION: {
      subject: 'افتح حسابك لدى {shop}',
      paragraphs: [
        'طُلب فتح حساب لدى {shop} بعنوان البريد الإلكتروني هذا. اختر كلمة مرور لفتحه. يعمل الرابط مرة واحدة خلال 24 ساعة.',
        'إذا لم تطلب ذلك فتجاهل هذه الرسالة. لن يُفتح أي حساب.',
      ],
      action: 'اختيار كلمة مرور',
    },
    ACCOUNT_EXISTS: {
      subject: 'لديك حساب لدى {shop}',
      paragraphs: [
        'طُلب فتح حساب لدى {shop} بعنوان البريد الإلكتروني هذا، ولديك حساب بالفعل. يسجّل الرابط دخولك. يعمل مرة واحدة خلال 15 دقيقة.',
        'إذا لم تطلب ذلك فتجاهل هذه الرسالة. لم يتغير شيء.',
      ],
      action: 'تسجيل الدخول',
    },
    PASSWORD_RESET: {
      subject: 'كلمة مرور جديدة لدى {shop}',
      paragraphs: [
        'طُلبت كلمة مرور جديدة لحسابك لدى {shop}. يعمل الرابط مرة واحدة خلال ساعة، وينهي تسجيل الدخول على الأجهزة الأخرى.',
        'إذا لم تطلب ذلك فتجاهل هذه الرسالة. لم تتغير كلمة مرورك.',
      ],
      action: 'اختيار كلمة مرور جديدة',
    },
    LOGIN_LINK: {
      subject: 'تسجيل دخولك لدى {shop}',
      paragraphs: ['يسجّل الرابط دخولك لدى {shop}. يعمل مرة واحدة خلال 15 دقيقة.', 'إذا لم تطلبه فتجاهل هذه الرسالة.'],
      action: 'تسجيل الدخول',
    },
  },
};
