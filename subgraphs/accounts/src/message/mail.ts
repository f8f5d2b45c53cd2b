/** A mail in its final form. */
export interface Mail {
  /** The id of the message. It becomes the `Message-ID`, by which receivers recognize a repetition. */
  readonly id: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The port through which mails leave Souk. */
export interface MailTransport {
  /** Sends a mail. @throws MailError when the server did not confirm that it accepted the mail */
  send(mail: Mail): Promise<void>;
}

/** Whether the server has the mail after a failure: REFUSED for good, certainly NOT_SENT, or UNKNOWN because its answer was lost. */
export type MailFailure = 'REFUSED' | 'NOT_SENT' | 'UNKNOWN';

/** A mail that the server did not confirm. The message says why. */
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
