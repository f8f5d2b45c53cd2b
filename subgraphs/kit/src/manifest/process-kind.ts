/** A server answers requests. A worker runs deliveries and long jobs: see `WorkerDeclaration`. */
export type ProcessKind = 'server' | 'worker';
