export {
  type FixtureSubgraph,
  type FixtureWorld,
  catalogFixture,
  fixtureWorld,
  stockFixture,
} from './fixture-subgraphs.ts';
