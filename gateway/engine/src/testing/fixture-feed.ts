import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, Kind, parse } from 'graphql';
import type { FixtureSubgraph } from './fixture-subgraphs.ts';

type SchemaModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];
type Resolvers = NonNullable<Extract<SchemaModule, { readonly resolvers?: unknown }>['resolvers']>;

/** An object of the feed, with the fields of all subgraphs. Related objects are references. */
export type FeedObject = Readonly<Record<string, unknown>> & { readonly __typename: string; readonly id: string };

/** Computes a field's value. Fields without a resolver are members of the object. */
type FeedResolver = (source: FeedObject, args: FeedArguments) => unknown;

type FeedArguments = Readonly<Record<string, unknown>>;

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires",
  "@provides", "@shareable", "@interfaceObject"])`;

/** The schemas by subgraph name. Each field of an entity is in one subgraph. */
const SDL: Readonly<Record<string, string>> = {
  feed: `
    type Query { cards: [Card!]! pinned: Card pieces: [Piece] wall: [[Card]] group: Group missing: Post first: Post! }
    interface Card @key(fields: "id") { id: ID! title(upper: Boolean = false): String post: Post }
    type Small implements Card @key(fields: "id") {
      id: ID! title(upper: Boolean = false): String post: Post size: Int about: Piece }
    type Wide implements Card @key(fields: "id") {
      id: ID! title(upper: Boolean = false): String post: Post size: String about: Author }
    type Group implements Card @key(fields: "id") {
      id: ID! title(upper: Boolean = false): String post: Post cards: [Card] table: [[Piece]] about: Group }
    union Piece = Post | Author | Small | Group
    type Post @key(fields: "id") { id: ID! author: Author words: Int @shareable }
    type Author @key(fields: "id") { id: ID! }
  `,
  media: `
    type Query { album: [Medium!] }
    interface Medium { url(format: Format = PNG): String of: Post }
    type Photo implements Medium { url(format: Format = PNG): String of: Post wide: Boolean! }
    type Clip implements Medium { url(format: Format = PNG): String of: Post seconds: Int }
    enum Format { PNG GIF }
    type Post @key(fields: "id") {
      id: ID! media(max: Int! = 100): String cover: Medium covers(first: Int): [Medium] credit: Author strict(max: Int): String! }
    type Author @key(fields: "id") { id: ID! avatar(max: Int): Photo }
  `,
  people: `
    type Query { author(id: ID!): Author authors: [Author!] someone: Author! }
    type Author @key(fields: "id") {
      id: ID! name(upper: Boolean): String! nick: String friends: [Author] best: Author! favourite: Post tags: [String!] }
    type Post @key(fields: "id") { id: ID! }
  `,
  stats: `
    type Query { busiest: Post @provides(fields: "words") trends: [Trend] }
    type Post @key(fields: "id") {
      id: ID! likes(since: Int = 0): Int! words: Int @external minutes: Int @requires(fields: "words") trends: [Trend!] }
    union Trend = Rise | Fall
    type Rise { by: Int! author: Author post: Post }
    type Fall { by: Int! author: Author }
    type Author @key(fields: "id") { id: ID! }
  `,
  ranks: `
    type Query { leaders: [Card] }
    type Card @key(fields: "id") @interfaceObject { id: ID! rank(of: Int = 10): Int leader: Author next: Card }
    type Author @key(fields: "id") { id: ID! }
  `,
};

const OBJECTS: readonly FeedObject[] = [
  { __typename: 'Small', id: 's1', title: 'Tea', post: 'Post:p1', size: 3, about: 'Author:a1', next: 'Wide:w1' },
  { __typename: 'Small', id: 's2', title: null, post: 'Post:p3', size: null, about: 'Group:g1', next: null },
  { __typename: 'Small', id: 's3', title: 'Ink', post: 'Post:p1', size: 0, about: 'Post:p2', leader: 'Author:a3' },
  { __typename: 'Wide', id: 'w1', title: 'Ice', post: 'Post:p2', size: 'XL', about: 'Author:a2', leader: 'Author:a1' },
  { __typename: 'Wide', id: 'w2', title: 'Oak', post: 'Post:p1', size: '', about: 'Author:a3', next: 'Group:g1' },
  { __typename: 'Wide', id: 'w3', title: 'Elm', post: null, size: null, about: null, rank: 2, next: 'Small:s1' },
  { __typename: 'Group', id: 'g1', title: 'All', post: 'Post:p2', cards: ['Small:s1', 'Wide:w1', null], about: null },
  { __typename: 'Group', id: 'g2', title: 'Few', post: 'Post:p4', cards: ['Group:g1', 'Small:s2'], about: 'Group:g1' },
  { __typename: 'Post', id: 'p1', author: 'Author:a1', words: 900, credit: 'Author:a2', likes: 5 },
  { __typename: 'Post', id: 'p2', author: 'Author:a2', words: null, credit: null, likes: 7 },
  { __typename: 'Post', id: 'p3', author: 'Author:a3', words: 0, credit: 'Author:a1', likes: null },
  { __typename: 'Post', id: 'p4', author: null, words: 300, credit: 'Author:a9', likes: 0 },
  { __typename: 'Author', id: 'a1', name: 'Ada', friends: ['Author:a2', 'Author:a9', null], best: 'Author:a2' },
  { __typename: 'Author', id: 'a2', name: 'Bo', nick: 'b', friends: [], best: 'Author:a1', favourite: 'Post:p2' },
  { __typename: 'Author', id: 'a3', name: null, friends: null, best: null, favourite: 'Post:p3', tags: ['x', null] },
  { __typename: 'Author', id: 'a9', name: 'Missing', best: 'Author:a9', favourite: 'Post:p1' },
];

const BY_REFERENCE = new Map(OBJECTS.map((each) => [`${each.__typename}:${each.id}`, each]));

/** Objects that a subgraph does not have. The subgraph answers null for the fields of these objects. */
const UNKNOWN = new Set(['media/p3', 'media/a2', 'people/a9', 'stats/p2', 'ranks/s2', 'ranks/w2']);

const ROOT: FeedObject = { __typename: 'Query', id: '' };

const object = (reference: unknown): FeedObject | null => BY_REFERENCE.get(String(reference)) ?? null;
const objects = (references: unknown): readonly unknown[] | null =>
  Array.isArray(references)
    ? references.map((each: unknown) => (Array.isArray(each) ? objects(each) : object(each)))
    : null;
const at =
  (name: string): FeedResolver =>
  (source) =>
    object(source[name]);
const all =
  (...references: readonly unknown[]): FeedResolver =>
  () =>
    objects(references);
const one =
  (reference: string): FeedResolver =>
  () =>
    object(reference);

function refused(message: string, code: string): never {
  throw new GraphQLError(message, { extensions: { code } });
}

const text = (value: unknown, upper: unknown) => (typeof value === 'string' && upper ? value.toUpperCase() : value);
const photo = (source: FeedObject, tag: unknown) => ({
  __typename: 'Photo',
  id: `${source.id}-${String(tag)}`,
  of: source.__typename === 'Post' ? `Post:${source.id}` : null,
  wide: source.id === 'a3' ? null : true,
});
const clip = (source: FeedObject) => ({ __typename: 'Clip', id: `${source.id}-clip`, of: 'Post:p3', seconds: 4 });
const card = { title: ({ title }: FeedObject, { upper }: FeedArguments) => text(title, upper), post: at('post') };

/** The resolvers of fields, for any subgraph. Fields of an interface use the resolvers of the object's type. */
const RESOLVERS: Readonly<Record<string, Readonly<Record<string, FeedResolver>>>> = {
  Query: {
    cards: all('Small:s1', 'Wide:w1', 'Small:s2', 'Wide:w2', 'Group:g1', 'Wide:w3', 'Small:s3', 'Group:g2'),
    pinned: one('Wide:w1'),
    pieces: all('Post:p1', 'Author:a1', null, 'Small:s1', 'Group:g2', 'Post:p2', 'Author:a9', 'Post:p3'),
    wall: all(['Small:s1', null, 'Wide:w2'], [], null, ['Group:g1', 'Small:s3']),
    group: one('Group:g2'),
    missing: one('Post:p3'),
    first: one('Post:p1'),
    album: () =>
      OBJECTS.filter(({ __typename }) => __typename === 'Post').flatMap((post) => [photo(post, 1), clip(post)]),
    author: (_, { id }) => object(`Author:${String(id)}`),
    authors: all('Author:a1', 'Author:a2', 'Author:a3'),
    someone: one('Author:a3'),
    busiest: one('Post:p2'),
    leaders: all('Wide:w1', 'Small:s3', null, 'Group:g1'),
    trends: () => [...trendsOf('p1'), null, ...trendsOf('p3')],
  },
  Card: {
    ...card,
    rank: ({ id, rank }, { of }) =>
      id === 'w1' ? refused('No rank', 'UNRANKED') : (rank ?? `${id.length}${String(of)}`),
    leader: at('leader'),
    next: at('next'),
  },
  Small: { ...card, about: at('about') },
  Wide: { ...card, about: at('about') },
  Group: {
    ...card,
    about: at('about'),
    cards: ({ cards }) => objects(cards),
    table: () => objects([['Post:p1', 'Small:s1'], null, ['Author:a9', null, 'Group:g1']]),
  },
  Post: {
    author: at('author'),
    credit: at('credit'),
    media: ({ id }, { max }) => (id === 'p4' ? refused('No media', 'NO_MEDIA') : `${id}@${String(max)}`),
    cover: (source) => (source.id === 'p2' ? null : photo(source, 'cover')),
    covers: (source, { first }) => [photo(source, first), null, clip(source)],
    strict: ({ id }, { max }) => (id === 'p2' ? refused('Too strict', 'STRICT') : `${id}/${String(max)}`),
    likes: ({ likes }, { since }) => (typeof likes === 'number' ? likes + Number(since) : null),
    minutes: ({ words }) => (typeof words === 'number' ? Math.ceil(words / 300) : null),
    trends: ({ id }) => (id === 'p4' ? [null] : trendsOf(id)),
  },
  Medium: { url: ({ id }, { format }) => `${id}.${String(format)}`, of: at('of') },
  Author: {
    name: ({ name }, { upper }) => text(name, upper),
    friends: ({ friends }) => objects(friends),
    best: at('best'),
    favourite: at('favourite'),
    avatar: (source, { max }) => photo(source, max),
  },
  Rise: { author: at('author'), post: at('post') },
  Fall: { author: at('author') },
};

function trendsOf(id: string): readonly unknown[] {
  return [
    { __typename: 'Rise', by: id.length, author: 'Author:a1', post: `Post:${id}` },
    { __typename: 'Fall', by: id === 'p3' ? null : 1, author: 'Author:a9' },
  ];
}

const INTERFACES: ReadonlyMap<string, string> = new Map([
  ['Small', 'Card'],
  ['Wide', 'Card'],
  ['Group', 'Card'],
  ['Photo', 'Medium'],
  ['Clip', 'Medium'],
]);

/** The fields of each type that a subgraph resolves itself, by subgraph name. */
const OWN = new Map(Object.entries(SDL).map(([name, sdl]) => [name, ownFields(sdl)] as const));

function ownFields(sdl: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    parse(sdl).definitions.flatMap((each) => {
      if (each.kind !== Kind.OBJECT_TYPE_DEFINITION && each.kind !== Kind.INTERFACE_TYPE_DEFINITION) return [];
      const own = each.fields?.filter(({ directives }) => !directives?.some(({ name }) => name.value === 'external'));
      return [[each.name.value, own?.map(({ name }) => name.value) ?? []] as const];
    }),
  );
}

/** The only subgraph that resolves a field. Undefined for key fields, because all subgraphs have them. */
function ownerOf(typeName: string, field: string): string | undefined {
  return field === 'id' ? undefined : [...OWN.keys()].find((name) => OWN.get(name)?.get(typeName)?.includes(field));
}

/**
 * The value of an object's field, computed without subgraphs.
 * @param source undefined for root fields
 */
export function feedValue(
  typeName: string,
  field: string,
  source: FeedObject | undefined,
  args: FeedArguments,
): unknown {
  const names = [typeName, INTERFACES.get(typeName) ?? ''];
  const [owner] = names.flatMap((each) => ownerOf(each, field) ?? []);
  if (UNKNOWN.has(`${owner}/${source?.id}`)) return null;
  const [resolve] = names.flatMap((each) => RESOLVERS[each]?.[field] ?? []);
  return resolve ? resolve(source ?? ROOT, args) : source?.[field];
}

/**
 * Five subgraphs that share one set of objects. The fields of nearly every object are divided between the subgraphs. The subgraph `ranks`
 * has an interface object.
 */
export function feedFixture(): readonly FixtureSubgraph[] {
  return Object.entries(SDL).map(([name, types]) => {
    const sdl = `${LINK} ${types}`;
    const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolversOf(name) }]);
    return { name, url: `http://${name}.test/graphql`, sdl, schema };
  });
}

function resolversOf(subgraph: string): Resolvers {
  const types = [...(OWN.get(subgraph) ?? [])].map(([typeName, fields]) => {
    const resolvers = fields.map((field) => [
      field,
      (source: FeedObject | undefined, args: FeedArguments) => feedValue(typeName, field, source, args),
    ]);
    return [typeName, { ...Object.fromEntries(resolvers), __resolveReference: referenceResolver(subgraph) }];
  });
  return Object.fromEntries(types);
}

/** Resolves a representation to its object, together with the fields of the representation. */
function referenceResolver(subgraph: string) {
  return (representation: FeedObject) => {
    const found = OBJECTS.find(({ id }) => id === representation.id);
    if (!found || UNKNOWN.has(`${subgraph}/${found.id}`)) return null;
    const isOwnType = OWN.get(subgraph)?.has(found.__typename);
    return { ...found, ...representation, __typename: isOwnType ? found.__typename : representation.__typename };
  };
}
