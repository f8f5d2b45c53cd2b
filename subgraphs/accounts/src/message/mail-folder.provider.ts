import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MailError, type Mail, type MailTransport } from './mail.ts';

/** Writes each mail to a JSON file instead of sending it, for development. Each file name begins with the time, so names sort by time. */
export function mailFolder(folder: string, now: () => Date): MailTransport {
  return {
    async send(mail: Mail) {
      const time = now().toISOString();
      const file = join(folder, `${time.replaceAll(/[:.]/g, '-')}-${mail.id}.json`);
      const write = () =>
        writeFile(`${file}.part`, JSON.stringify({ ...mail, sentAt: time }, null, 2), { mode: 0o600 });
      try {
        await write().catch(async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
          await mkdir(folder, { recursive: true, mode: 0o700 });
          await write();
        });
        // The file is renamed when it is complete, because the page `/mail` may read the folder at any time.
        await rename(`${file}.part`, file);
      } catch (error) {
        throw new MailError('NOT_SENT', `The folder ${folder} cannot be written`, { cause: error });
      }
    },
  };
}
