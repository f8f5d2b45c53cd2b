import type { Steps } from './steps.mjs';

/** The root folder of the clone. */
export const ROOT: string;
/** Builds dist/ when it is missing or older than the sources. */
export function ensureBuilt(steps: Pick<Steps, 'step' | 'say'>): Promise<void>;
