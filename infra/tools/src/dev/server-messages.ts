/** A message of the development loop to a server process. */
export type ToServer =
  /** Load these packages, as file URLs, and wait. */
  | { readonly load: readonly string[] }
  /** Run this program, an absolute path. Packages of an earlier `load` are loaded first. */
  | { readonly run: string };

/** A message of a server process to the development loop. */
export type FromServer =
  /** The code of the repository has imported this package (a file URL). */
  | { readonly imported: string }
  /** The program serves on this address. */
  | { readonly serving: string };
