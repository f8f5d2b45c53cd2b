import type { Mail } from './mail.ts';
import { ACCOUNT_TEXTS } from './account-texts.ts';
import { isAboutAccount, type MessageTemplate } from './message.ts';
import { MESSAGE_TEXTS, type MessageLanguage, type MessageText } from './message-texts.ts';

/** The values that fill the placeholders of a message's texts. */
export interface MessageValues {
  /** The name of the shop. */
  readonly shop: string;
  /** The target of the link, with `https:` or `http:`. */
  readonly url: string;
  /** Further values by the names of their placeholders. */
  readonly named: Readonly<Record<string, string>>;
}

/** The subject and both bodies of a mail. */
export type RenderedMessage = Pick<Mail, 'subject' | 'text' | 'html'>;

const BODY = 'margin:0;padding:24px;background:#f4f4f2;font-family:system-ui,sans-serif;color:#222';
const CARD = 'max-width:560px;margin:auto;padding:32px;background:#fff;border-radius:8px;line-height:1.5';
const BUTTON =
  'display:inline-block;padding:12px 20px;border-radius:6px;background:#222;color:#fff;text-decoration:none';

/**
 * Renders a message as plain text and as HTML. Values are escaped in the HTML. Line breaks are removed from the subject, so a value cannot
 * inject a header field.
 * @param locale BCP 47. A locale without texts gets English.
 */
export function renderMessage(template: MessageTemplate, locale: string, values: MessageValues): RenderedMessage {
  const language = languageOf(locale);
  const { subject, paragraphs, action } = textOf(language, template);
  const named = { ...values.named, shop: values.shop };
  const filled = paragraphs.map((paragraph) => fill(paragraph, named));
  const line = fill(subject, named).replaceAll(/[\r\n]+/g, ' ');
  const text = [...filled, `${action}: ${values.url}`, values.shop].join('\n\n');
  const html = [
    `<!doctype html><html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`,
    `<head><meta charset="utf-8"><title>${escapeHtml(line)}</title></head>`,
    `<body style="${BODY}"><div style="${CARD}"><p><strong>${escapeHtml(values.shop)}</strong></p>`,
    ...filled.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    `<p><a href="${escapeHtml(values.url)}" style="${BUTTON}">${escapeHtml(action)}</a></p>`,
    '</div></body></html>',
  ].join('\n');
  return { subject: line, text, html };
}

function textOf(language: MessageLanguage, template: MessageTemplate): MessageText {
  return isAboutAccount(template) ? ACCOUNT_TEXTS[language][template] : MESSAGE_TEXTS[language][template];
}

function languageOf(locale: string): MessageLanguage {
  const [language = ''] = locale.toLowerCase().split('-');
  return language === 'de' || language === 'ar' ? language : 'en';
}

/** @throws TypeError when a placeholder has no value, because a mail with an unfilled placeholder must not be sent */
function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name];
    if (value === undefined) throw new TypeError(`The text "${text}" needs the value "${name}". Pass it in "named"`);
    return value;
  });
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
