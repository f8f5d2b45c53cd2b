import { StartFailure } from '@souk/launcher/start-failure';
import { NatsRefusedError, openNats, type Nats, type NatsOptions } from '@souk/platform/nats';

/** As `openNats`. @throws StartFailure that says which variable is wrong, where it is one. */
export async function connectNats(options: NatsOptions): Promise<Nats> {
  try {
    return await openNats(options);
  } catch (error) {
    if (error instanceof NatsRefusedError) throw new StartFailure(`${error.message}. ${remedyOf(error.code)}`);
    throw new StartFailure(`NATS does not answer at ${options.url}: ${String(error)}. NATS_URL says where it is.`);
  }
}

function remedyOf(code: string): string {
  if (/AUTH|ACCOUNT|BAD_CREDS/.test(code)) {
    return 'NATS_USER with NATS_PASSWORD_FILE, or NATS_CREDS_FILE, say who this process is.';
  }
  if (code === 'SERVER_OPT_NA') return 'The server has no TLS: NATS_URL has to begin with nats:// instead of tls://.';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'NATS_URL has to name the server as its certificate does.';
  return 'NATS_CA_FILE names the certificates of who signed that of the server; NATS_CERT_FILE and NATS_KEY_FILE are ours.';
}
