import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { NatsLogin, NatsServer } from '@souk/platform/nats';
import { z } from 'zod';
import { optional, reasonOf, required, secretFile, type Variables } from './variables.ts';

const EXAMPLE = 'nats://127.0.0.1:4222, or tls:// with TLS; separate the servers of a cluster by commas';

const url = z
  .string(`must be set to the address of NATS, like ${EXAMPLE}`)
  .transform((text) => text.split(',').map((each) => each.trim()))
  .refine(
    (urls) => urls.every((each) => /^(nats|tls):\/\/./.test(each) && URL.canParse(each)),
    `must look like ${EXAMPLE}`,
  )
  .refine(
    (urls) => urls.every((each) => !URL.canParse(each) || new URL(each).username === ''),
    'must have no login: set NATS_USER and NATS_PASSWORD_FILE, or NATS_CREDS_FILE',
  )
  .transform((urls) => urls.join(','));

const certificate = (text: string) => new X509Certificate(text);

const credentialsFile = z.string().superRefine((file, problems) => {
  try {
    requireCredentials(readFileSync(file, 'utf8'));
  } catch (error) {
    problems.addIssue(`must name a credentials file of nsc for this user: ${reasonOf(error)}`);
  }
});

function requireCredentials(text: string): void {
  if (!/BEGIN NATS USER JWT[^]*BEGIN USER NKEY SEED/.test(text)) throw new Error('it holds no JWT with a seed');
}

/** The environment variables with the address and the login of NATS, for every process and the migration. */
export const natsVariables = {
  NATS_URL: required(url),
  NATS_USER: optional(z.string()),
  NATS_PASSWORD_FILE: optional(secretFile('the password of NATS_USER')),
  NATS_CREDS_FILE: optional(credentialsFile),
  NATS_CA_FILE: optional(secretFile('the certificate authorities (PEM) of NATS', certificate)),
  NATS_CERT_FILE: optional(secretFile('the certificate (PEM) of this process for NATS', certificate)),
  NATS_KEY_FILE: optional(secretFile('the private key (PEM) of NATS_CERT_FILE')),
};

/** Finds contradictions between the variables. Each line names a variable and the remedy. */
export function natsProblems(variables: Variables): string[] {
  const isSet = (name: string) => (variables[name] ?? '') !== '';
  const together = (one: string, other: string) =>
    isSet(one) && !isSet(other) && `${one} needs ${other}: set both, or none`;
  return [
    together('NATS_USER', 'NATS_PASSWORD_FILE'),
    together('NATS_PASSWORD_FILE', 'NATS_USER'),
    together('NATS_CERT_FILE', 'NATS_KEY_FILE'),
    together('NATS_KEY_FILE', 'NATS_CERT_FILE'),
    isSet('NATS_USER') && isSet('NATS_CREDS_FILE') && 'NATS_CREDS_FILE and NATS_USER are two logins: set only one',
  ].filter((problem) => problem !== false);
}

/** The connection settings of NATS, for `openNats`. */
export function natsServer(read: z.infer<z.ZodObject<typeof natsVariables>>): NatsServer {
  const tls = {
    ...(read.NATS_CA_FILE !== null && { ca: read.NATS_CA_FILE }),
    ...(read.NATS_CERT_FILE !== null && { cert: read.NATS_CERT_FILE }),
    ...(read.NATS_KEY_FILE !== null && { key: read.NATS_KEY_FILE }),
  };
  const login = loginOf(read);
  return { url: read.NATS_URL, ...(login && { login }), ...(Object.keys(tls).length > 0 && { tls }) };
}

function loginOf(read: z.infer<z.ZodObject<typeof natsVariables>>): NatsLogin | null {
  const { NATS_USER: user, NATS_PASSWORD_FILE: password, NATS_CREDS_FILE: file } = read;
  if (file !== null) return { kind: 'credentials', read: () => readFileSync(file, 'utf8') };
  return user === null ? null : { kind: 'password', user, password: password ?? '' };
}
