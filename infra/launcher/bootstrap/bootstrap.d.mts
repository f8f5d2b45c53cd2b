import type { Steps } from './steps.mjs';

/** The clone that this file is in. */
export const ROOT: string;
/** Builds dist/ where it is missing or older than the sources. */
export function ensureBuilt(steps: Pick<Steps, 'step' | 'say'>): Promise<void>;
