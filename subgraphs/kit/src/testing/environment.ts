/** What the global setup tells the workers, which inherit its environment and nothing else. */
export interface TestPostgres {
  readonly port: number;
  readonly secret: string;
  /** Schemas whose migrations failed, and why. */
  readonly broken: Readonly<Record<string, string>>;
}

const NAME = 'SOUK_TEST_POSTGRES';

export function announceTestPostgres(postgres: TestPostgres): void {
  process.env[NAME] = JSON.stringify(postgres);
}

/** @throws Error outside a test run with the global setup. */
export function testPostgres(): TestPostgres {
  const text = process.env[NAME];
  if (!text) throw new Error('There is no test Postgres: run the tests with `npm test`');
  return JSON.parse(text) as TestPostgres; // written above
}
