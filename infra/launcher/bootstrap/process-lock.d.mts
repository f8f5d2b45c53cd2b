/** The owner of a lock, with the details that it noted. */
export type LockOwner<Details> = { readonly pid: number } & Partial<Details>;

export interface HeldLock<Details> {
  release(): void;
  /** Adds information about the owner for other processes. */
  note(more: Partial<Details>): void;
  readonly owner?: undefined;
}

export interface TakenLock<Details> {
  readonly owner: LockOwner<Details>;
  readonly release?: undefined;
  readonly note?: undefined;
}

/** Takes the lock file, or returns its owner. The lock of a process that has ended counts as free. */
export function takeLock<Details extends object>(
  file: string,
  details?: Partial<Details>,
): HeldLock<Details> | TakenLock<Details>;

export function waitForLock<Details extends object>(
  file: string,
  details: Partial<Details>,
  onWait: (owner: LockOwner<Details>) => void,
): Promise<HeldLock<Details>>;
