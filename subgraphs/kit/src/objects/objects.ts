import type { ObjectLinks } from './object-links.ts';
import type { ObjectStore } from './object-store.ts';

/** The objects of a deployment: pictures, documents, uploads. */
export interface Objects {
  readonly store: ObjectStore;
  /** Signs links by which clients read objects. */
  readonly links: ObjectLinks;
  /** Whether the deployment itself receives uploads. True for objects in a folder, which has no HTTP server of its own. */
  readonly acceptsUploads: boolean;
}
