/** What the launcher reads from the environment: how npm called it, if it did. */
export const environment = {
  /** The npm that runs this script, so that packages are installed by the same one; null when called by hand. */
  npmScript: process.env.npm_execpath ?? null,
  startedByNpm: process.env.npm_lifecycle_event !== undefined,
  /** Handed on to what is started. */
  variables: process.env,
};
