import { startHostedEmulator, type HostedEmulator, type HostedEmulatorOptions } from '../hosted/hosted-emulator.ts';
import { PaystackVendor } from './paystack-vendor.ts';

/** Starts an emulator of Paystack. @param secretKey the only key that it accepts, which also signs its events */
export function startPaystackEmulator({
  secretKey,
  ...options
}: HostedEmulatorOptions & { readonly secretKey: string }): Promise<HostedEmulator> {
  return startHostedEmulator((parts) => new PaystackVendor(parts, secretKey), options);
}
