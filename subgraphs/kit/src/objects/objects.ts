import type { ObjectLinks } from './object-links.ts';
import type { ObjectStore } from './object-store.ts';

/** The objects of a deployment: pictures, documents, uploads. */
export interface Objects {
  readonly store: ObjectStore;
  /** Signs links by which clients read objects. */
  readonly links: ObjectLinks;
  /** Whether the deployment itself receives uploads, because the store has no server of its own. */
  readonly acceptsUploads: boolean;
}
