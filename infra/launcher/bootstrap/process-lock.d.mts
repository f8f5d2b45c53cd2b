/** Who has a lock, as its owner describes itself. */
export type LockOwner<Details> = { readonly pid: number } & Partial<Details>;

export interface HeldLock<Details> {
  release(): void;
  /** Adds what others may read about the owner. */
  note(more: Partial<Details>): void;
  readonly owner?: undefined;
}

export interface TakenLock<Details> {
  readonly owner: LockOwner<Details>;
  readonly release?: undefined;
  readonly note?: undefined;
}

/** Takes the lock file, or tells who has it. A lock whose process has ended is free. */
export function takeLock<Details extends object>(
  file: string,
  details?: Partial<Details>,
): HeldLock<Details> | TakenLock<Details>;

export function waitForLock<Details extends object>(
  file: string,
  details: Partial<Details>,
  onWait: (owner: LockOwner<Details>) => void,
): Promise<HeldLock<Details>>;
