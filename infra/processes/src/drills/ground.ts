import { SUPERUSER } from '@souk/platform/embedded-postgres';
import { openNats } from '@souk/platform/nats';
import { Client } from 'pg';
import type { Cluster } from '../cluster/cluster.ts';
import type { Ground } from './drill.ts';
import type { SmallDisk } from './small-disk.ts';
import { openShop } from './load/shop.ts';

export interface OpenGround extends Ground {
  close(): Promise<void>;
}

/** Connects to the Postgres and NATS of a cluster. */
export async function openGround(cluster: Cluster, disk: SmallDisk | null = null): Promise<OpenGround> {
  const url = cluster.postgres.url(SUPERUSER, 'souk');
  const nats = await openNats({
    url: cluster.natsUrl,
    login: cluster.natsLogin,
    name: 'drills',
    onError: () => undefined,
  });
  let admin: Client | null = null;
  return {
    cluster,
    disk,
    nats,
    shop: await openShop(cluster.url),
    async admin() {
      if (admin) return admin;
      const client = new Client(url);
      const forget = () => {
        if (admin === client) admin = null;
      };
      client.on('error', forget).on('end', forget);
      await client.connect();
      admin = client;
      return client;
    },
    async close() {
      await Promise.all([nats.close(), admin?.end()]);
    },
  };
}
