import type { Transporter } from 'nodemailer';
import { MailError, type Mail, type MailFailure, type MailTransport } from './mail.ts';

/** The fields of nodemailer's errors that determine the kind of a failure. */
interface SmtpError {
  readonly message: string;
  readonly code?: string;
  /** Set when the server rejected the mail. True when the rejection is permanent (a 5xx reply). */
  readonly permanent?: boolean;
  readonly syscall?: string;
  readonly timeoutType?: string;
}

const TIMEOUT_MS = 15_000;

/** The error codes of failures before any part of the mail was sent. */
const BEFORE_THE_MAIL = new Set(['EDNS', 'EAUTH', 'ENOAUTH', 'ETLS', 'EREQUIRETLS', 'ECONNREFUSED']);
const BEFORE_THE_GREETING = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']);

/**
 * Sends mails by SMTP (RFC 5321).
 * @param url `smtp://user:password@host:587`, or `smtps://` for TLS from the start
 */
export function smtpTransport(url: string): MailTransport {
  let transporter: Promise<Transporter> | null = null;
  return {
    async send({ id, from, to, subject, text, html }: Mail) {
      const messageId = `<${id}@${from.address.split('@')[1] ?? 'souk'}>`;
      // The address is an object, because nodemailer would parse a string as a list of addresses.
      const headers = { messageId, from, to: { name: '', address: to }, subject, text, html };
      try {
        await (await (transporter ??= openTransporter(url))).sendMail(headers);
      } catch (error) {
        throw mailErrorOf(error);
      }
    },
  };
}

/** Loads nodemailer for the first mail: only a worker sends mails, and every process of the subgraph would keep its 20 MiB. */
async function openTransporter(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer');
  return createTransport({
    url,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function mailErrorOf(error: unknown): MailError {
  const { message, code = '', permanent, syscall, timeoutType } = error as SmtpError;
  const text = message.slice(0, 400);
  const isEarly =
    BEFORE_THE_MAIL.has(code) ||
    BEFORE_THE_GREETING.has(timeoutType ?? '') ||
    syscall === 'connect' ||
    syscall === 'getaddrinfo';
  const failure: MailFailure =
    permanent === undefined ? (isEarly ? 'NOT_SENT' : 'UNKNOWN') : permanent ? 'REFUSED' : 'NOT_SENT';
  return new MailError(failure, text, { cause: error });
}
