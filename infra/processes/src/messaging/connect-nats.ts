import { StartFailure } from '@souk/launcher/start-failure';
import { NatsRefusedError, openNats, type Nats, type NatsOptions } from '@souk/platform/nats';

/** Connects to NATS with `openNats`. @throws StartFailure that names the variable to correct */
export async function connectNats(options: NatsOptions): Promise<Nats> {
  try {
    return await openNats(options);
  } catch (error) {
    if (error instanceof NatsRefusedError) throw new StartFailure(`${error.message}. ${remedyOf(error.code)}`);
    throw new StartFailure(
      `NATS does not answer at ${options.url}: ${String(error)}. Check NATS_URL, and that NATS runs.`,
    );
  }
}

function remedyOf(code: string): string {
  if (/AUTH|ACCOUNT|BAD_CREDS/.test(code)) {
    return 'Check the login: NATS_USER with NATS_PASSWORD_FILE, or NATS_CREDS_FILE.';
  }
  if (code === 'SERVER_OPT_NA') return 'The server has no TLS: begin NATS_URL with nats:// instead of tls://.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'Use the host name of the certificate of the server in NATS_URL.';
  return 'Check NATS_CA_FILE (certificate authorities of the server), NATS_CERT_FILE and NATS_KEY_FILE (certificate and key of this process).';
}
