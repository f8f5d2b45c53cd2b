export { startS3Emulator, type S3Emulator, type S3EmulatorOptions } from './s3-emulator.ts';
export type { S3Credentials } from './signature.ts';
