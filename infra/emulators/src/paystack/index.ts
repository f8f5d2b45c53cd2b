import { startHostedEmulator, type HostedEmulator, type HostedEmulatorOptions } from '../hosted/hosted-emulator.ts';
import { PaystackVendor } from './paystack-vendor.ts';

export interface PaystackEmulator extends HostedEmulator {
  /** Simulates a dispute by the buyer's bank. @param amount @default the paid amount @returns the id of the dispute */
  openDispute(reference: string, amount?: number): number;
  resolveDispute(id: number, resolution: 'merchant-accepted' | 'declined'): void;
}

/** Starts an emulator of Paystack. @param secretKey the only accepted key, which also signs events */
export async function startPaystackEmulator({
  secretKey,
  ...options
}: HostedEmulatorOptions & { readonly secretKey: string }): Promise<PaystackEmulator> {
  const { emulator, vendor } = await startHostedEmulator((parts) => new PaystackVendor(parts, secretKey), options);
  return {
    ...emulator,
    openDispute: (reference, amount) => vendor.openDispute(reference, amount),
    resolveDispute: (id, resolution) => vendor.resolveDispute(id, resolution),
  };
}
