/** The variables of the command. An absent variable is null. */
export const environment = {
  /** The access token of the caller. */
  token: process.env['SOUK_TOKEN'] ?? null,
};
