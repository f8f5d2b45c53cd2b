import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml, isLocal, type Gateway } from '@souk/gateway';
import { z } from 'zod';

/** A mail as the folder transport of accounts writes it. */
const mailFile = z.object({ id: z.uuid(), to: z.string(), subject: z.string(), html: z.string(), sentAt: z.string() });
type MailFile = z.infer<typeof mailFile>;

/** The maximum number of mails on the page. The newest mails are shown. */
const MOST = 100;

/** A mail contains text from strangers. The policy allows styles, and forbids scripts, forms and external resources. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; sandbox allow-popups allow-top-navigation-by-user-activation";

/**
 * Serves the mails of a folder at `/mail`, for development. Mails contain links that open accounts, so only requests from this machine
 * receive them. Pages of other origins cannot read them.
 */
export function addMailPage({ app }: Gateway, folder: string): void {
  app.get('/mail', async (request, reply) => {
    if (!isLocal(request.raw)) return reply.callNotFound();
    return reply.type('text/html').send(listPage(await newestMails(folder)));
  });
  app.get<{ Params: { id: string } }>('/mail/:id', async (request, reply) => {
    const mail = isLocal(request.raw) && (await newestMails(folder)).find(({ id }) => id === request.params.id);
    if (!mail) return reply.callNotFound();
    return reply.header('content-security-policy', MAIL_POLICY).type('text/html').send(mail.html);
  });
}

async function newestMails(folder: string): Promise<MailFile[]> {
  const names = await readdir(folder).catch(() => []); // no mail was sent yet
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .toReversed()
    .slice(0, MOST);
  const mails = await Promise.all(
    newest.map(async (name) => mailFile.safeParse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  );
  return mails.flatMap(({ data }) => data ?? []);
}

function listPage(mails: readonly MailFile[]): string {
  const items = mails.map(
    ({ id, to, subject, sentAt }) =>
      `<li><a href="/mail/${id}">${escapeHtml(subject)}</a> to ${escapeHtml(to)}, ${escapeHtml(sentAt)}</li>`,
  );
  const list = items.length > 0 ? `<ul>${items.join('\n')}</ul>` : '<p>No mail was sent yet.</p>';
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Mails</title></head><body><h1>Mails</h1>${list}</body></html>`;
}
