export { startStripeEmulator, type StripeEmulator, type StripeEmulatorOptions } from './stripe-emulator.ts';
export type { Fault } from '../server/faults.ts';
