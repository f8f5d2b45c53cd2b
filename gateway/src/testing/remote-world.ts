import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeSupergraph } from '@souk/engine/composition';
import { catalogFixture, fixtureWorld, stockFixture, type FixtureWorld } from '@souk/engine/testing';
import { startRemoteSubgraph, type RemoteSubgraph } from './remote-subgraph.ts';

/** The fixture subgraphs `catalog` and `stock` behind real ports, and a folder with their supergraph. */
export interface RemoteWorld {
  readonly world: FixtureWorld;
  readonly catalog: RemoteSubgraph;
  readonly stock: RemoteSubgraph;
  readonly folder: string;
  /** The path of the supergraph's SDL. */
  readonly file: string;
  /** Composes the SDL. `extra` is appended to the catalog's schema. */
  sdl(extra?: string): string;
  close(): Promise<void>;
}

/** Starts the subgraphs `catalog` and `stock`, and writes their supergraph to a file. */
export async function startRemoteWorld(): Promise<RemoteWorld> {
  const world = fixtureWorld();
  const [ofCatalog, ofStock] = [catalogFixture(world), stockFixture(world)];
  const [catalog, stock] = [await startRemoteSubgraph(ofCatalog), await startRemoteSubgraph(ofStock)];
  const sdl = (extra = '') =>
    composeSupergraph([
      { ...ofCatalog, url: catalog.url, sdl: `${ofCatalog.sdl}\n${extra}` },
      { ...ofStock, url: stock.url },
    ]);
  const folder = await mkdtemp(join(tmpdir(), 'souk-gateway-'));
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, sdl());
  return {
    world,
    catalog,
    stock,
    folder,
    file,
    sdl,
    close: async () => {
      await Promise.all([catalog.close(), stock.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
