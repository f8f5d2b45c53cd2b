import { readFileSync } from 'node:fs';
import type { S3ObjectsOptions } from '@souk/platform/s3';
import { z } from 'zod';

/** Converts an empty variable to undefined, so it has the same effect as a missing variable. */
const unset = (value: unknown) => (value === '' ? undefined : value);
const text = (problem: string) => z.preprocess(unset, z.string().regex(/^\S+$/, problem).optional());

const SECRET = 'must name a file with the secret of S3_ACCESS_KEY_ID';

/** The environment variables that configure the store of pictures and documents. */
export const objectVariables = {
  S3_BUCKET: text('must be the name of a bucket; leave it out to keep pictures and documents in files'),
  S3_REGION: z.preprocess(
    unset,
    z
      .string()
      .regex(/^[\w-]+$/, 'must look like eu-central-1')
      .default('us-east-1'),
  ),
  S3_ENDPOINT: z.preprocess(
    unset,
    z
      .url({ protocol: /^https?$/, error: 'must look like https://minio.example:9000; leave it out for Amazon S3' })
      .optional(),
  ),
  S3_PATH_STYLE: z.preprocess(
    unset,
    z.enum(['on', 'off'], 'must be on (the bucket is in the path) or off; leave it out for off').default('off'),
  ),
  S3_ACCESS_KEY_ID: text('must be the id of an access key; leave it out for the credentials of the machine'),
  S3_SECRET_ACCESS_KEY_FILE: z.preprocess(
    unset,
    z
      .string()
      .transform((file, problems) => {
        try {
          const secret = readFileSync(file, 'utf8').trim();
          if (secret !== '') return secret;
          problems.addIssue(`${SECRET}: the file is empty`);
        } catch (error) {
          problems.addIssue(`${SECRET}: ${error instanceof Error ? error.message : String(error)}`);
        }
        return z.NEVER;
      })
      .optional(),
  ),
};

/** The bucket that the environment configures. Null when no bucket is configured. */
export function s3Settings(read: z.infer<z.ZodObject<typeof objectVariables>>): S3ObjectsOptions | null {
  const { S3_BUCKET: bucket, S3_ENDPOINT: endpoint, S3_ACCESS_KEY_ID: accessKeyId } = read;
  if (bucket === undefined) return null;
  const secretAccessKey = read.S3_SECRET_ACCESS_KEY_FILE;
  return {
    bucket,
    region: read.S3_REGION,
    pathStyle: read.S3_PATH_STYLE === 'on',
    ...(endpoint !== undefined && { endpoint }),
    ...(accessKeyId !== undefined &&
      secretAccessKey !== undefined && { credentials: { accessKeyId, secretAccessKey } }),
  };
}
