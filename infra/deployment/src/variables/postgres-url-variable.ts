import { readFileSync } from 'node:fs';
import { filesOf, postgresUrlProblem } from '@souk/kit/postgres-url';
import { z } from 'zod';

/** A Postgres connection string with one host or several. @param example a valid connection string */
export function postgresUrl(example: string) {
  return z.string(`must be set, and look like ${example}`).superRefine((url, context) => {
    const problem = postgresUrlProblem(url, example) ?? unreadableFile(url);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
}

function unreadableFile(url: string): string | null {
  for (const file of filesOf(url)) {
    try {
      readFileSync(file);
    } catch (error) {
      return `names a certificate or key that cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return null;
}
