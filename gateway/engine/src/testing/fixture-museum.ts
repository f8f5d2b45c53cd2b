import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse } from 'graphql';
import type { FixtureSubgraph } from './fixture-subgraphs.ts';

type SchemaModule = Extract<Parameters<typeof buildSubgraphSchema>[0], readonly unknown[]>[number];
type Resolvers = NonNullable<Extract<SchemaModule, { readonly resolvers?: unknown }>['resolvers']>;

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires",
  "@provides", "@shareable", "@interfaceObject"])`;

const WORKS = `${LINK}
  type Query {
    works: [Work!]!
    work(id: ID!): Work
    things: [Thing]
    plan: [[Room]]
    grid: [[Int!]]
    style: Style
    lost: Room
    fails: String
    refuses: Work
  }
  type Mutation { hang(id: ID!): Painting  take(id: ID!): Painting }
  interface Work @key(fields: "id") { id: ID! title: String artist: Artist }
  type Painting implements Work @key(fields: "id") {
    id: ID! title: String artist: Artist oil: Boolean size: Size style: Style price(currency: String = "EUR"): Int
    sketches: [Sketch]
  }
  type Sculpture implements Work @key(fields: "id") { id: ID! title: String artist: Artist weight: Float }
  type Sketch { page: Int! note: String price(currency: String!): Int }
  type Size { width: Int! height: Int! }
  type Room { number: Int! works: [Work] guide: Artist strict: Strict }
  type Strict { fine: Int! never: Int! }
  type Artist @key(fields: "id") { id: ID! name: String @shareable }
  union Thing = Painting | Sculpture | Room | Artist
  enum Style { OLD NEW }
`;

const PEOPLE = `${LINK}
  type Query { artists: [Artist]  artist(id: ID!): Artist }
  type Artist @key(fields: "id") {
    id: ID! name: String @shareable born: Int teacher: Artist pupils: [Artist!] country: Country address: Address @shareable
  }
  type Address { city: String @shareable street: String }
  type Country @key(fields: "code") { code: ID! }
`;

const RATINGS = `${LINK}
  type Query { reviews: [Review!]! }
  type Work @key(fields: "id") @interfaceObject { id: ID! stars: Int reviews: [Review!] }
  type Review { text: String! about: Work }
  type Country @key(fields: "code") { code: ID! shipping: Float }
`;

const SHOP = `${LINK}
  type Query { bestArtist: Artist @provides(fields: "name")  offers: [Painting] }
  type Painting @key(fields: "id") {
    id: ID!
    oil: Boolean @external
    size: Size @external
    price(currency: String = "EUR"): Int @external
    sketches: [Sketch] @external
    tax: Int @requires(fields: "oil size { width }")
    dollars: Int @requires(fields: "price(currency: \\"USD\\")")
    euros: Int @requires(fields: "price(currency: \\"EUR\\")")
    folder: Int @requires(fields: "sketches { price(currency: \\"USD\\") }")
  }
  type Size { width: Int! @external }
  type Sketch { price(currency: String!): Int @external }
  type Artist @key(fields: "id") { id: ID! name: String @external fans: Int address: Address @shareable }
  type Address { city: String @shareable planet: String }
`;

const PAINTINGS = [
  { id: 'p1', title: 'Night', artist: { id: 'a1' }, oil: true, size: { width: 3, height: 4 }, style: 'OLD', base: 10 },
  { id: 'p2', title: null, artist: { id: 'a2' }, oil: false, size: null, style: 'NEW', base: 0 },
  { id: 'p3', title: '', artist: { id: 'a9' }, oil: null, size: { width: 0, height: 1 }, style: null, base: null },
].map((each) => ({ __typename: 'Painting', sketches: [{ page: 1, base: each.base }, null], ...each }));
const SCULPTURES = [
  { __typename: 'Sculpture', id: 's1', title: 'Stone', artist: { id: 'a1' }, weight: 1.5 },
  { __typename: 'Sculpture', id: 's2', title: 'Ice', artist: null, weight: null },
];
const ALL = [...PAINTINGS, ...SCULPTURES];
const ARTISTS = [
  {
    id: 'a1',
    name: 'Ada',
    born: 1815,
    teacher: null,
    country: { code: 'GB' },
    address: { city: 'London', street: 'Row' },
  },
  { id: 'a2', name: 'Bo', born: -1, teacher: { id: 'a1' }, country: null, address: null },
  {
    id: 'a3',
    name: null,
    born: 1900,
    teacher: { id: 'a3' },
    country: { code: 'XX' },
    address: { city: null, street: null },
  },
];
const ROOMS = [
  {
    __typename: 'Room',
    number: 1,
    works: [PAINTINGS[0], null, SCULPTURES[0]],
    guide: { id: 'a2' },
    strict: { fine: 1 },
  },
  { __typename: 'Room', number: 2, works: null, guide: null, strict: null },
];

const workOf = ({ id }: { readonly id: string }) => ALL.find((each) => each.id === id) ?? null;
const artistOf = ({ id }: { readonly id: string }) => ARTISTS.find((each) => each.id === id) ?? null;
const known = <Value>(value: Value): Value => value;

function priceOf({ base }: { readonly base: number | null }, { currency }: { readonly currency: string | null }) {
  if (currency === 'XXX') throw new GraphQLError('No such currency', { extensions: { code: 'NO_CURRENCY' } });
  return base === null ? null : base * (currency === 'USD' ? 2 : 1);
}

const WORKS_RESOLVERS: Resolvers = {
  Query: {
    works: () => ALL,
    work: (_: unknown, reference: { id: string }) => workOf(reference),
    things: () => [...PAINTINGS, null, ROOMS[0], { __typename: 'Artist', id: 'a2', name: 'Bo' }],
    plan: () => [ROOMS, null, [ROOMS[1], null], []],
    grid: () => [[1, 2], null, []],
    style: () => 'NEW',
    lost: () => ROOMS[0],
    fails: () => {
      throw new GraphQLError('Closed today', { extensions: { code: 'CLOSED' } });
    },
    refuses: () => {
      throw new GraphQLError('Not for you', { extensions: { code: 'FORBIDDEN' } });
    },
  },
  Mutation: {
    hang: (_: unknown, reference: { id: string }) => workOf(reference),
    take: () => null,
  },
  Painting: { __resolveReference: workOf, price: priceOf },
  Sketch: { price: priceOf },
  Sculpture: { __resolveReference: workOf },
  Work: { __resolveReference: workOf, __resolveType: ({ __typename }: { __typename: string }) => __typename },
  Artist: { __resolveReference: artistOf, name: ({ id }: { id: string }) => artistOf({ id })?.name ?? null },
  Strict: {
    never: () => {
      throw new GraphQLError('Never', { extensions: { code: 'NEVER' } });
    },
  },
};

const PEOPLE_RESOLVERS: Resolvers = {
  Query: { artists: () => [...ARTISTS, null], artist: (_: unknown, reference: { id: string }) => artistOf(reference) },
  Artist: {
    __resolveReference: artistOf,
    born: ({ born }: { born: number }) => {
      if (born < 0) throw new GraphQLError('Year unknown', { extensions: { code: 'UNKNOWN' } });
      return born;
    },
    teacher: ({ teacher }: { teacher: { id: string } | null }) => teacher && artistOf(teacher),
    pupils: ({ id }: { id: string }) => ARTISTS.filter(({ teacher }) => teacher?.id === id),
  },
};

const RATINGS_RESOLVERS: Resolvers = {
  Query: {
    reviews: () => [
      { text: 'Fine', about: { id: 'p1' } },
      { text: 'Cold', about: { id: 's2' } },
      { text: 'What?', about: null },
    ],
  },
  Work: {
    __resolveReference: known,
    stars: ({ id }: { id: string }) => (id === 'p2' ? null : id.length),
    reviews: ({ id }: { id: string }) => (id === 'p1' ? [{ text: 'Fine', about: { id } }] : null),
  },
  Country: {
    __resolveReference: ({ code }: { code: string }) => {
      if (code === 'XX') throw new GraphQLError('No shipping there', { extensions: { code: 'NO_SHIPPING' } });
      return { code, shipping: 4.5 };
    },
  },
};

const SHOP_RESOLVERS: Resolvers = {
  Query: { bestArtist: () => ({ id: 'a1', name: 'Ada' }), offers: () => [{ id: 'p2' }, { id: 'p1' }, { id: 'p1' }] },
  Painting: {
    __resolveReference: known,
    tax: ({ oil, size }: { oil?: boolean; size?: { width: number } | null }) =>
      oil === undefined ? -1 : (size?.width ?? 100),
    dollars: ({ price }: { price?: number | null }) => price ?? null,
    euros: ({ price }: { price?: number | null }) => price ?? null,
    folder: ({ sketches }: { sketches?: readonly ({ price: number } | null)[] }) => sketches?.[0]?.price ?? null,
  },
  Artist: {
    __resolveReference: ({ id }: { id: string }) => (id === 'a9' ? null : { id }),
    fans: ({ id }: { id: string }) => (id === 'a1' ? 7 : 0),
    address: ({ id }: { id: string }) => {
      if (id === 'a3') return { city: null, planet: null };
      return id === 'a1' ? { city: 'London', planet: 'Earth' } : null;
    },
  },
};

/** Four subgraphs with every feature of federation, for tests of plans and answers. */
export function museumFixture(): readonly FixtureSubgraph[] {
  return [
    subgraph('works', WORKS, WORKS_RESOLVERS),
    subgraph('people', PEOPLE, PEOPLE_RESOLVERS),
    subgraph('ratings', RATINGS, RATINGS_RESOLVERS),
    subgraph('shop', SHOP, SHOP_RESOLVERS),
  ];
}

function subgraph(name: string, sdl: string, resolvers: Resolvers): FixtureSubgraph {
  return {
    name,
    url: `http://${name}.test/graphql`,
    sdl,
    schema: buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers }]),
  };
}
