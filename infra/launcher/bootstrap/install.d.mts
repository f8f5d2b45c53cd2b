export type InstallState = 'current' | 'outdated' | 'missing';

/** The fields of a package in package-lock.json that are compared. */
export interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}

export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export function installState(root: string): InstallState;
export function compareLocks(wanted: Lockfile, installed: Lockfile): InstallState;
export function npmArguments(state: InstallState): string[];
export function isRefusedLockfile(output: string): boolean;
export function npmRemedy(output: string): string;
