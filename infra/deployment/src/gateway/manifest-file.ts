import { fileURLToPath } from 'node:url';

/** The manifest of persisted operations. `npm run generate` writes the file, and gateways read it. */
export const MANIFEST_FILE = fileURLToPath(new URL('../../../../clients/operations/manifest.json', import.meta.url));
