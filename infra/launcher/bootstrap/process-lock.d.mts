/** The process that holds a lock, with the details that it recorded. */
export type LockOwner<Details> = { readonly pid: number } & Partial<Details>;

export interface HeldLock<Details> {
  release(): void;
  /** Records details about the owner, which other processes can read. */
  note(more: Partial<Details>): void;
  readonly owner?: undefined;
}

export interface TakenLock<Details> {
  readonly owner: LockOwner<Details>;
  readonly release?: undefined;
  readonly note?: undefined;
}

/** Takes the lock file, or returns its owner. The lock of an ended process counts as free. */
export function takeLock<Details extends object>(
  file: string,
  details?: Partial<Details>,
): HeldLock<Details> | TakenLock<Details>;

export function waitForLock<Details extends object>(
  file: string,
  details: Partial<Details>,
  onWait: (owner: LockOwner<Details>) => void,
): Promise<HeldLock<Details>>;
