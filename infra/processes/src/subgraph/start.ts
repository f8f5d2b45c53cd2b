import type { ServingProcess } from '../serving-process.ts';
import { addAccountsRoutes } from './accounts-routes.ts';
import {
  readAccountsEnvironment,
  readCatalogEnvironment,
  readOrdersEnvironment,
  readSubgraphEnvironment,
} from './environment.ts';
import type { SubgraphName } from './kinds.ts';
import { startSubgraphProcess } from './subgraph-process.ts';

/** How the process of each subgraph starts. A subgraph's code is loaded by its own process alone. */
export const START_SUBGRAPH: Readonly<Record<SubgraphName, () => Promise<ServingProcess>>> = {
  async catalog() {
    const { catalog } = await import('@souk/catalog');
    const environment = readCatalogEnvironment();
    const publicUrl = () => environment.publicUrl;
    return startSubgraphProcess({ definition: catalog, settings: {}, publicUrl }, environment);
  },
  async inventory() {
    const { inventory } = await import('@souk/inventory');
    return startSubgraphProcess({ definition: inventory, settings: {} }, readSubgraphEnvironment('inventory'));
  },
  async payments() {
    const { payments } = await import('@souk/payments');
    return startSubgraphProcess({ definition: payments, settings: {} }, readSubgraphEnvironment('payments'));
  },
  async accounts() {
    const { accounts } = await import('@souk/accounts');
    const environment = readAccountsEnvironment();
    const { signingKeyPem, retiredKeyPem } = environment;
    const settings = { signingKeyPem, ...(retiredKeyPem !== null && { retiredKeyPem }) };
    return startSubgraphProcess({ definition: accounts, settings, routes: addAccountsRoutes }, environment);
  },
  async orders() {
    const [{ orders }, { OrderChanged }] = await Promise.all([import('@souk/orders'), import('@souk/orders/contract')]);
    const environment = readOrdersEnvironment();
    const settings = { orderAccessSecret: environment.orderAccessSecret };
    return startSubgraphProcess({ definition: orders, settings, feeds: [OrderChanged] }, environment);
  },
};
