import type { LookUpBrake } from '../identity/api-keys.ts';
import { MemoryRateLimitStore } from './rates/memory-rate-limit-store.ts';
import type { WindowRule } from './rates/rate-limit-store.ts';

/** The limit of unknown API keys from one client address. Further keys are refused without a look-up. */
const UNKNOWN_KEYS: WindowRule = { kind: 'WINDOW', name: 'unknown-api-key', limit: 20, windowMs: 60_000 };

/** Limits look-ups of unknown API keys in the memory of this process. Invented keys then cost no database queries. */
export function lookUpBrake(): LookUpBrake {
  const store = new MemoryRateLimitStore();
  return {
    admits: (address) => store.take(UNKNOWN_KEYS, address, 1).allowed,
    giveBack: (address) => store.giveBack([[UNKNOWN_KEYS, address, 1]]),
  };
}
