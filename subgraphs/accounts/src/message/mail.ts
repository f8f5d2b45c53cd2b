/** A rendered mail that can be sent. */
export interface Mail {
  /** The id of the message. It becomes the header field `Message-ID`, by which mail programs detect a duplicate. */
  readonly id: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Sends mails. One implementation uses SMTP, and another writes files. */
export interface MailTransport {
  /** Sends one mail. @throws MailError unless the server confirms that it accepted the mail */
  send(mail: Mail): Promise<void>;
}

/**
 * The reason why a mail was not confirmed. REFUSED: the server rejected it permanently. NOT_SENT: the server certainly does not have it.
 * UNKNOWN: the response was lost, so the server may have accepted it.
 */
export type MailFailure = 'REFUSED' | 'NOT_SENT' | 'UNKNOWN';

/** Thrown when the server did not confirm a mail. The message contains the reason. */
export class MailError extends Error {
  constructor(
    readonly failure: MailFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'MailError';
  }
}
