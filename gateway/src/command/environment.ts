/** What the command reads from the environment. */
export interface CommandEnvironment {
  /** Where the user stands: npm runs its scripts at the root of the project. Paths are relative to it. */
  readonly folder: string;
}

export function readCommandEnvironment(
  variables: Readonly<Record<string, string | undefined>> = process.env,
): CommandEnvironment {
  return { folder: variables['INIT_CWD'] ?? process.cwd() };
}
