import { z } from 'zod';

/** Converts an empty variable to undefined, so it has the same effect as a missing variable. */
const unset = (value: unknown) => (value === '' ? undefined : value);

const EXAMPLE = 'must look like https://shop.example, without a query';

/** The URL by which clients reach Souk, without a trailing slash. Links in responses and mails begin with this URL. Null when not set. */
export const publicUrlVariable = {
  SOUK_PUBLIC_URL: z
    .preprocess(
      unset,
      z
        .url({ protocol: /^https?$/, error: EXAMPLE })
        .refine((url) => !/[?#]/.test(url), EXAMPLE)
        .optional(),
    )
    .transform((url) => url?.replace(/\/+$/, '') ?? null),
};
