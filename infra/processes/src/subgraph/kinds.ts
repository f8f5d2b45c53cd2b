/** The subgraphs that run as processes, and the ports that `supergraph.yaml` names. */
export const SUBGRAPH_PORTS = { catalog: 4001, inventory: 4002, orders: 4003, accounts: 4004, payments: 4005 } as const;

export type SubgraphName = keyof typeof SUBGRAPH_PORTS;

export const SUBGRAPH_NAMES: readonly SubgraphName[] = ['catalog', 'inventory', 'orders', 'accounts', 'payments'];
