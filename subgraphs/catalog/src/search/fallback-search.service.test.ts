import { expect, test } from '@jest/globals';
import type { CatalogRead } from '../database.ts';
import { EngineHealth } from './export/engine-health.ts';
import { fallbackSearch } from './fallback-search.service.ts';
import type { SearchEngine } from './search-engine.repository.ts';

/** An engine that can be switched off, and finds one word. */
class SwitchableEngine implements SearchEngine {
  isOn = true;
  readonly #word: string;

  constructor(word: string) {
    this.#word = word;
  }

  async search() {
    return this.#answer({ products: [], total: 0, facets: [] });
  }
  async matches() {
    return this.#answer(true);
  }
  async similarWords() {
    return this.#answer([]);
  }
  async wordsFrom() {
    return this.#answer([this.#word]);
  }
  #answer<Answer>(answer: Answer): Answer {
    if (!this.isOn) throw new Error('switched off');
    return answer;
  }
}

const tx = {} as CatalogRead; // the engines of this test read no database

function setUp() {
  let nowMs = 0;
  const notices: string[] = [];
  const elastic = new SwitchableEngine('elastic');
  const health = new EngineHealth({ away: () => notices.push('away'), back: () => notices.push('back') }, () => nowMs);
  const { engine, fallbacks } = fallbackSearch(elastic, new SwitchableEngine('postgres'), health);
  const ask = async () => (await engine.wordsFrom(tx, 'en', '', 1))[0];
  return { elastic, health, notices, fallbacks, ask, advance: (ms: number) => (nowMs += ms) };
}

test('Postgres answers while the engine is away, which is noticed once, and the engine is tried once a second', async () => {
  const { elastic, health, notices, fallbacks, ask, advance } = setUp();
  expect(await ask()).toBe('elastic');
  elastic.isOn = false;
  expect([await ask(), await ask()]).toEqual(['postgres', 'postgres']);
  expect([health.isAvailable, fallbacks()]).toEqual([false, 2]);
  elastic.isOn = true;
  advance(999);
  expect(await ask()).toBe('postgres');
  advance(1);
  expect([await ask(), await ask()]).toEqual(['elastic', 'elastic']);
  expect(notices).toEqual(['back', 'away', 'back']);
});

test('only one of many requests at a time tries an engine that is away', async () => {
  const { elastic, health, ask, advance } = setUp();
  elastic.isOn = false;
  await ask();
  advance(1_000);
  expect([health.mayTry(), health.mayTry()]).toEqual([true, false]);
});

test('an error of Postgres is not hidden', async () => {
  const broken = new SwitchableEngine('postgres');
  broken.isOn = false;
  const health = new EngineHealth({ away: () => undefined, back: () => undefined });
  const { engine } = fallbackSearch(broken, broken, health);
  await expect(engine.wordsFrom(tx, 'en', '', 1)).rejects.toThrow('switched off');
});
