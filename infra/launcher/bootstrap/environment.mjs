/** The launcher's environment variables, some of which npm sets. */
export const environment = {
  /** The path of npm's script. Packages are installed with this npm. Null when npm did not start the launcher. */
  npmScript: process.env.npm_execpath ?? null,
  startedByNpm: process.env.npm_lifecycle_event !== undefined,
  /** The variables that child processes inherit. */
  variables: process.env,
};
