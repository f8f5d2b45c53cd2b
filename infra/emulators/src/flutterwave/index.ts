import { startHostedEmulator, type HostedEmulator, type HostedEmulatorOptions } from '../hosted/hosted-emulator.ts';
import { FlutterwaveVendor, type FlutterwaveKeys } from './flutterwave-vendor.ts';

/** Starts an emulator of Flutterwave's API v3. The emulator accepts only these keys. */
export async function startFlutterwaveEmulator({
  webhookUrl,
  file,
  ...keys
}: HostedEmulatorOptions & FlutterwaveKeys): Promise<HostedEmulator> {
  const options = { ...(webhookUrl && { webhookUrl }), ...(file !== undefined && { file }) };
  return (await startHostedEmulator((parts) => new FlutterwaveVendor(parts, keys), options)).emulator;
}
