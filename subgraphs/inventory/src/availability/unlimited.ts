/** The number of sellable units of a SKU whose sale is not limited: the largest GraphQL Int. */
export const UNLIMITED = 2_147_483_647;
