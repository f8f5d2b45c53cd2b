import { defineManifest, defineReader, randomText, rsaKey, settingVariables } from '@souk/kit/manifest';
import { OrderChanged, OrderPlaced } from '@souk/orders/contract';
import { z } from 'zod';
import * as contract from './contract.ts';

/** Reads every placed order and records its buyer as a customer. */
export const customerOfOrderReader = defineReader({ name: 'accounts.customer-of-order', event: OrderPlaced });

/** Reads the history of orders and queues the mails to buyers. */
export const orderMessageReader = defineReader({ name: 'accounts.order-messages', event: OrderChanged });

const settings = z.object({
  /** The mail server. @default no server: mails are written to `mailFolder`, or wait in the queue when there is no folder either */
  smtpUrl: z
    .url({ protocol: /^smtps?$/, error: 'must look like smtp://user:password@host:587, or smtps:// with TLS' })
    .optional()
    .register(settingVariables, { variable: 'SMTP_URL' }),
  /** The `From` address of mails. The shop's name is shown before it. @default no-reply@souk.example */
  mailFrom: z
    .email('must be an e-mail address, like shop@example.com')
    .optional()
    .register(settingVariables, { variable: 'MAIL_FROM' }),
  /** Whether anyone may open a shop with `signUp`. @default on */
  signUp: z
    .enum(['on', 'off'], 'must be on or off; leave it out for on: whether anyone may open a shop')
    .optional()
    .register(settingVariables, { variable: 'SIGN_UP' }),
  /** The domain of new shops: each has the host name `<slug>.<domain>`. @default new shops have no host name */
  shopDomain: z
    .string()
    .regex(
      /^[a-z0-9-]+(\.[a-z0-9-]+)*$/,
      'must be a domain in small letters, like shops.example; leave it out for shops without a host name',
    )
    .optional()
    .register(settingVariables, { variable: 'SHOP_DOMAIN' }),
  /** The folder that stores mails when there is no mail server. @default none */
  mailFolder: z.string().optional(),
});

const secrets = z.object({
  /** The RSA key that signs access tokens, as PKCS8 PEM. */
  signingKeyPem: rsaKey({
    variable: 'SIGNING_KEY_FILE',
    holds: 'the private key (PEM, PKCS8, RSA) that signs access tokens',
  }),
  /** The previous signing key. Tokens that it signed stay valid until they expire. */
  retiredKeyPem: rsaKey({
    variable: 'RETIRED_SIGNING_KEY_FILE',
    holds: 'the key that signed before, whose tokens still count',
  }).optional(),
  /** The HMAC key of the tokens in mails. A new secret invalidates all links that were sent. */
  linkSecret: randomText({
    variable: 'LINK_SECRET_FILE',
    holds: 'the secret that derives the links to accounts in mails, 32 random characters or more',
    givenTo: ['server', 'worker'],
  }),
  /** The key that encrypts the secrets of authenticator apps. A new secret makes them unreadable: every user must enroll again. */
  mfaSecret: randomText({
    variable: 'MFA_SECRET_FILE',
    holds: 'the secret that encrypts the secrets of authenticator apps, 32 random characters or more',
  }),
});
type Secrets = z.infer<typeof secrets>;
/** A worker does not sign tokens, so it runs without a signing key. */
export type AccountsSettings = z.infer<typeof settings> & Partial<Secrets> & Pick<Secrets, 'linkSecret'>;

export const accountsManifest = defineManifest({
  name: 'accounts',
  port: 4004,
  migrations: new URL('../migrations/', import.meta.url),
  contract,
  readers: [customerOfOrderReader, orderMessageReader],
  jobs: [
    { name: 'accounts.message-sender', runsIn: 'worker' },
    { name: 'accounts.link-clean-up', runsIn: 'worker' },
  ],
  settings,
  secrets,
  worker: { port: 4014, poolSize: 3 },
  load: async () => (await import('./index.ts')).accounts,
});
