import { startHostedEmulator, type HostedEmulator, type HostedEmulatorOptions } from '../hosted/hosted-emulator.ts';
import { PaystackVendor } from './paystack-vendor.ts';

export interface PaystackEmulator extends HostedEmulator {
  /** The bank of the buyer opens a dispute. @returns its id @param amount @default all that was paid */
  openDispute(reference: string, amount?: number): number;
  resolveDispute(id: number, resolution: 'merchant-accepted' | 'declined'): void;
}

/** Starts an emulator of Paystack. @param secretKey the only key that it accepts, which also signs its events */
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
