import { startHostedEmulator, type HostedEmulator, type HostedEmulatorOptions } from '../hosted/hosted-emulator.ts';
import { FlutterwaveVendor, type FlutterwaveKeys } from './flutterwave-vendor.ts';

/** An emulator whose buyers open chargebacks. */
export interface FlutterwaveEmulator
  extends HostedEmulator, Pick<FlutterwaveVendor, 'openChargeback' | 'decideChargeback'> {}

/** Starts an emulator of Flutterwave's API v3. The emulator accepts only the keys in the options. */
export async function startFlutterwaveEmulator({
  webhookUrl,
  file,
  ...keys
}: HostedEmulatorOptions & FlutterwaveKeys): Promise<FlutterwaveEmulator> {
  const options = { ...(webhookUrl && { webhookUrl }), ...(file !== undefined && { file }) };
  const { emulator, vendor } = await startHostedEmulator((parts) => new FlutterwaveVendor(parts, keys), options);
  return {
    ...emulator,
    openChargeback: (reference, amount) => vendor.openChargeback(reference, amount),
    decideChargeback: (id, status) => vendor.decideChargeback(id, status),
  };
}
