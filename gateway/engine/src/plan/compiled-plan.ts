import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { AnswerPath } from './entity-path.ts';
import { compileEvent, compileFetch } from './fetch-step.ts';
import type { PlanRun, PlanStep, SubgraphAnswer } from './plan-run.ts';

/** A plan compiled to functions. Everything that does not depend on a request is calculated once. */
export interface CompiledPlan {
  /** Fetches the data of the answer. For a subscription, fetches the fields that the event does not contain. */
  readonly run: PlanStep;
  /** Writes an event into the answer of a subscription. Null for queries and mutations. */
  readonly begin: ((run: PlanRun, event: SubgraphAnswer) => void) | null;
}

/**
 * Compiles a plan.
 * @param schema the supergraph's schema
 * @throws Error for a plan with `@defer` or conditions, which this executor does not support
 */
export function compilePlan({ node }: QueryPlan, schema: GraphQLSchema): CompiledPlan {
  if (!node) return { run: nothing, begin: null };
  if (node.kind !== 'Subscription') return { run: compileNode(node, [], schema), begin: null };
  const { primary, rest } = node;
  return { run: rest ? compileNode(rest, [], schema) : nothing, begin: compileEvent(primary, schema) };
}

function compileNode(node: PlanNode, path: AnswerPath, schema: GraphQLSchema): PlanStep {
  switch (node.kind) {
    case 'Sequence':
      return inSequence(node.nodes.map((each) => compileNode(each, path, schema)));
    case 'Parallel':
      return inParallel(node.nodes.map((each) => compileNode(each, path, schema)));
    case 'Flatten':
      return compileNode(node.node, [...path, ...node.path], schema);
    case 'Fetch':
      return compileFetch(node, path, schema);
    case 'Condition':
      throw new Error('conditions are decided before an operation is planned');
    case 'Defer':
      throw new Error('@defer is not planned by this gateway');
  }
}

function inSequence(steps: readonly PlanStep[]): PlanStep {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly PlanStep[]): PlanStep {
  return async (run) => {
    await Promise.all(steps.map((step) => step(run)));
  };
}

async function nothing(): Promise<void> {}
