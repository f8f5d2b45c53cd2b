import type { NatsUser } from './nats-users.ts';

/** Permits one reply per command, within 60 s. A caller waits 10 s by default. */
const ANSWERS = '{ max: 1, expires: "60s" }';

/**
 * The `authorization` block of a nats-server's configuration.
 * @param passwordOf the configuration text for a user's password: a quoted string, or `$NAME` of a configuration
 * variable
 */
export function natsAuthorization(users: readonly NatsUser[], passwordOf: (user: string) => string): string {
  const blocks = users.map(
    ({ name, publish, subscribe }) => `    {
      user: ${quoted(name)}
      password: ${passwordOf(name)}
      permissions: {
        publish: { allow: [${publish.map(quoted).join(', ')}] }
        subscribe: { allow: [${subscribe.map(quoted).join(', ')}] }
        allow_responses: ${ANSWERS}
      }
    }`,
  );
  return `authorization: {\n  users: [\n${blocks.join('\n')}\n  ]\n}\n`;
}

export const quoted = (text: string) => JSON.stringify(text);
