import { fileURLToPath } from 'node:url';

/** The persisted operations as gateways read them; `npm run generate` makes it. */
export const MANIFEST_FILE = fileURLToPath(new URL('../../../../clients/operations/manifest.json', import.meta.url));
