import { requireId } from '@souk/kit/graphql';
import { GraphQLError } from 'graphql';

/** Returns the only argument that is set, such as the id or the slug. @throws GraphQLError BAD_USER_INPUT unless exactly one is set */
export function oneKey<Key extends string>(
  keys: Readonly<Record<Key, string | null | undefined>>,
): readonly [key: Key, value: string] {
  // `Object.entries` loses the types of the keys, and the cast restores them.
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
