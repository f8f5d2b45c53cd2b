/** The environment variables of the command. Null when a variable is not set. */
export const environment = {
  token: process.env['SOUK_TOKEN'] ?? null,
};
