/**
 * Thrown when the gateway cannot start, or cannot serve a file, for a reason that the user can correct. The message contains the remedy.
 */
export class StartProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'StartProblem';
  }
}

/** The operating system's error code, such as `ENOENT`. Null for other errors. */
export function systemCode(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}

/** The reason why the gateway cannot listen on a host and port. */
export function listenProblem(error: unknown, host: string, port: number): StartProblem {
  const code = systemCode(error);
  switch (code) {
    case 'EADDRINUSE':
      return new StartProblem(`Port ${port} is in use: stop the other program, or name another with --port`);
    case 'EACCES':
      return new StartProblem(`Port ${port} may only be opened by root: name another with --port`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartProblem(`${host} is no address of this machine: name another with --host`);
    case null:
    default:
      return new StartProblem(
        `It cannot listen on ${host} port ${port} (${code ?? String(error)}): name others with --host and --port`,
      );
  }
}
