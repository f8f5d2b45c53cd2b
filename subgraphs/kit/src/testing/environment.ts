/** The Postgres of the test run. The global setup passes it to the Jest workers in an environment variable. */
export interface TestPostgres {
  readonly port: number;
  readonly secret: string;
  /** The schemas whose migrations failed, with the reason. */
  readonly broken: Readonly<Record<string, string>>;
}

const NAME = 'SOUK_TEST_POSTGRES';

export function announceTestPostgres(postgres: TestPostgres): void {
  process.env[NAME] = JSON.stringify(postgres);
}

/** Reads the Postgres of the test run from the environment. @throws Error outside of a test run with the global setup */
export function testPostgres(): TestPostgres {
  const text = process.env[NAME];
  if (!text) throw new Error('No test Postgres is running. Run the tests with `npm test`');
  return JSON.parse(text) as TestPostgres; // written above
}
