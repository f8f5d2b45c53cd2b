import type { Steps } from './steps.mjs';

/** The root folder of the repository. */
export const ROOT: string;
/** Builds dist/ when it is missing or outdated. */
export function ensureBuilt(steps: Pick<Steps, 'step' | 'say'>): Promise<void>;
