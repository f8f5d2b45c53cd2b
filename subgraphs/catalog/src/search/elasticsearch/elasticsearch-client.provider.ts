import type { Client } from '@elastic/elasticsearch';

/** Creates the client at its first use. Without Elasticsearch the package is never loaded. */
export type ConnectElasticsearch = () => Promise<Client>;

/** The address of an Elasticsearch, and the time limit of its answers. */
export interface ElasticsearchPlace {
  readonly url: string;
  /** The time limit of a search, in ms. Afterwards Postgres answers. */
  readonly timeoutMs: number;
}

const MAX_CONNECTIONS = 32;
const KEEP_ALIVE_MS = 4_000;

/** The client does not retry. A search falls back to Postgres at once, and the next run of the job repeats an export. */
export function elasticsearchClient({ url, timeoutMs }: ElasticsearchPlace): ConnectElasticsearch {
  let client: Promise<Client> | undefined;
  return () =>
    (client ??= import('@elastic/elasticsearch').then(
      (elastic) =>
        new elastic.Client({
          node: url,
          maxRetries: 0,
          requestTimeout: timeoutMs,
          agent: { connections: MAX_CONNECTIONS, keepAliveTimeout: KEEP_ALIVE_MS, keepAliveMaxTimeout: KEEP_ALIVE_MS },
        }),
    ));
}
