import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

/** A mail that the emulator accepted. */
export interface ReceivedMail {
  readonly to: readonly string[];
  /** The mail in the format of RFC 5322. */
  readonly source: string;
}

/** The reaction of the server to a mail: accept it, reject it with a reply code, or disconnect after reading it. */
export type SmtpBehavior = 'ACCEPT' | { readonly replyCode: number } | 'DISCONNECT';

export interface SmtpEmulatorOptions {
  /** Chooses the reaction to each mail. @default accept every mail */
  readonly behavior?: (mail: ReceivedMail) => SmtpBehavior;
}

/** A mail server on this machine, for tests. */
export interface SmtpEmulator {
  /** `smtp://127.0.0.1:port` */
  readonly url: string;
  /** The accepted mails, the oldest first. */
  readonly mails: readonly ReceivedMail[];
  stop(): Promise<void>;
}

/** Starts a mail server that stores every mail and forwards none. */
export async function startSmtpEmulator({
  behavior = () => 'ACCEPT',
}: SmtpEmulatorOptions = {}): Promise<SmtpEmulator> {
  const mails: ReceivedMail[] = [];
  const sockets = new Map<number, Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    async onData(stream, session, callback) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      const mail = { to, source: await text(stream) };
      const decision = behavior(mail);
      if (decision === 'DISCONNECT') return void sockets.get(session.remotePort)?.destroy();
      if (decision !== 'ACCEPT') return callback(refusal(decision.replyCode));
      mails.push(mail);
      callback();
    },
  });
  server.server.on('connection', (socket: Socket) => sockets.set(socket.remotePort ?? 0, socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function refusal(responseCode: number): Error {
  return Object.assign(new Error('The emulator refuses this mail'), { responseCode });
}
