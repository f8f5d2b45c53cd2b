/** Checks uploads for malware. */
export interface Scanner {
  /** @throws Error when the scanner does not respond */
  isClean(bytes: Uint8Array): Promise<boolean>;
}
