import { z } from 'zod';

const schema = z.email().max(254); // RFC 5321, 4.5.3.1.3: a path is at most 256 octets with its angle brackets

/** Whether a text is a valid e-mail address, by the same rule as in the schema of the events. */
export function isEmail(text: string): boolean {
  return schema.safeParse(text).success;
}
