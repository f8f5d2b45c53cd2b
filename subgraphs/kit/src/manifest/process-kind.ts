/** The kind of process that does a piece of work. */
export type ProcessKind = 'server' | 'worker';
