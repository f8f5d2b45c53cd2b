import { z } from 'zod';

/** A variable that is set to nothing counts as not set. */
const unset = (value: unknown) => (value === '' ? undefined : value);

const EXAMPLE = 'must look like https://shop.example, without a query';

/** Where clients reach Souk, for the addresses in its answers: without a slash at the end; null where it is not set. */
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
