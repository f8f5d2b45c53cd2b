/** The command's settings from environment variables. */
export interface CommandEnvironment {
  /** The user's working directory. npm runs scripts in the project's root, but the user's relative paths start at this folder. */
  readonly folder: string;
}

export function readCommandEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): CommandEnvironment {
  return { folder: variables['INIT_CWD'] ?? process.cwd() };
}
