import { requireId } from '@souk/kit/graphql';
import { GraphQLError } from 'graphql';

/** Returns the key that the caller used to identify an object. @throws GraphQLError BAD_USER_INPUT unless exactly one key is set */
export function oneKey<Key extends string>(
  keys: Readonly<Record<Key, string | null | undefined>>,
): readonly [key: Key, value: string] {
  // The cast restores the types of the names, which `Object.entries` loses.
  const given = (Object.entries(keys) as [Key, string | null | undefined][]).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  );
  const [only, another] = given;
  if (!only || another)
    throw new GraphQLError(`Name exactly one of these arguments: ${Object.keys(keys).join(', ')}`, {
      extensions: { code: 'BAD_USER_INPUT' },
    });
  return only[0] === 'id' ? [only[0], requireId('id', only[1])] : only;
}
