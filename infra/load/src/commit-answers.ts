import type { Shop } from './commit-shops.ts';
import { graphqlClient } from './graphql-client.ts';
import type { Scenario } from './scenarios.ts';

const RUNS = 100;
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Runs a scenario alternately on both shops, and compares the responses byte by byte, except for newly created ids.
 * @throws Error with the first two responses that differ.
 */
export async function requireEqualAnswers(scenario: Scenario, shops: readonly Shop[]): Promise<void> {
  const answers = await Promise.all(shops.map(({ base }) => answersOf(scenario, base)));
  const [first = [], ...others] = answers;
  for (const other of others) {
    const index = first.findIndex((answer, at) => answer !== other[at]);
    if (index >= 0)
      throw new Error(`The responses to run ${index} of "${scenario.name}" differ:\n${first[index]}\n${other[index]}`);
  }
}

async function answersOf(scenario: Scenario, base: string): Promise<string[]> {
  const client = graphqlClient([base], 1);
  try {
    const run = await scenario.prepare(client, 1);
    const answers: string[] = [];
    for (let turn = 0; turn < RUNS; turn++) answers.push(comparable(scenario, await run(0)));
    return answers;
  } finally {
    client.close();
  }
}

const comparable = ({ createsIds }: Scenario, answer: string) =>
  createsIds ? answer.replaceAll(UUID, 'an id') : answer;
