/** A message from the development loop to a server process. */
export type ToServer =
  /** Loads these packages (file URLs), and waits. */
  | { readonly load: readonly string[] }
  /** Runs this program (an absolute path), after the packages of an earlier `load`. */
  | { readonly run: string };

/** A message from a server process to the development loop. */
export type FromServer =
  /** Repository code has imported this package (a file URL). */
  | { readonly imported: string }
  /** The program serves requests at this URL. */
  | { readonly serving: string };
