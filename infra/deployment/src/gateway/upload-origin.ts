import type { S3ObjectsOptions } from '@souk/platform/s3';

/** The origin of pre-signed uploads to a bucket. The content security policy of web apps must allow this origin. */
export function uploadOriginOf({ bucket, region, endpoint, pathStyle = false }: S3ObjectsOptions): string {
  const { protocol, host, origin } = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  return pathStyle ? origin : `${protocol}//${bucket}.${host}`;
}
