import { fileURLToPath } from 'node:url';

/** The file that lists the subgraphs and their committed schemas. */
export const SUPERGRAPH_FILE = fileURLToPath(new URL('../../../../supergraph.yaml', import.meta.url));
