import { setTimeout as after } from 'node:timers/promises';
import { CustomerListDocument, OrdersDocument, PaymentListDocument, ProductListDocument } from '@souk/sdk';
import { LoadLog } from './load-log.ts';
import type { LoadShop } from './shop.ts';
import { SteadyClient } from './steady-client.ts';

/** A client that repeatedly reads lists from every subgraph. */
export interface Reader {
  readonly log: LoadLog;
  /** Stops the reader. Resolves when its running request has ended. */
  stop(): Promise<void>;
}

/** Pause after each round of lists, in ms. It leaves CPU time to starting processes. */
const PAUSE_MS = 200;

/** Starts a reader. @param url the URL of the server, without a trailing slash */
export function startReader(url: string, { staffHeaders }: LoadShop): Reader {
  const log = new LoadLog();
  const staff = new SteadyClient({ url, headers: staffHeaders, log });
  let stopped = false;
  const running = (async () => {
    while (!stopped) {
      await staff.read(ProductListDocument, { first: 5 }); // catalog and inventory
      await staff.read(OrdersDocument, { first: 5 });
      await staff.read(PaymentListDocument, { first: 5 });
      await staff.read(CustomerListDocument, { first: 5 }); // accounts
      await after(PAUSE_MS);
    }
  })();
  return {
    log,
    async stop() {
      stopped = true;
      await running;
    },
  };
}
