/**
 * How the types of the persisted operations are written: the options of `@graphql-codegen/typescript-operations`, with which
 * `npm run generate` makes `clients/sdk/src/__generated__/operation-types.ts`.
 */
export const codegen = {
  /** As they are in JSON. One that is not listed fails the generator. */
  scalars: {
    CountryCode: 'string',
    CurrencyCode: 'string',
    DateTime: 'string',
    Decimal: 'string',
  },
  strictScalars: true,
  immutableTypes: true,
};
