import type { Mail } from '../message/mail.ts';
import { renderMessage } from '../message/render-message.ts';

/** The mail of an invitation. The fragment of its link, which browsers do not send to servers, has the token. */
export function composeInvitation(
  { email, token }: { readonly email: string; readonly token: string },
  locale: string | null,
  { shop, baseUrl }: { readonly shop: string; readonly baseUrl: string },
): Pick<Mail, 'to' | 'subject' | 'text' | 'html'> {
  const url = `${baseUrl}/dashboard/accept#${new URLSearchParams({ token, email, shop }).toString()}`;
  return { to: email, ...renderMessage('USER_INVITED', locale ?? 'en', { shop, url, named: {} }) };
}
