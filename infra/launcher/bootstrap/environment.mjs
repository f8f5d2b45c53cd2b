/** The launcher's environment: how npm called it, if npm did. */
export const environment = {
  /** The npm that runs this script, used to install packages with the same version; null when called without npm. */
  npmScript: process.env.npm_execpath ?? null,
  startedByNpm: process.env.npm_lifecycle_event !== undefined,
  /** The variables that started programs receive. */
  variables: process.env,
};
