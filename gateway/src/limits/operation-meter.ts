import {
  GraphQLError,
  Lexer,
  parse,
  Source,
  TokenKind,
  valueFromASTUntyped,
  type OperationDefinitionNode,
} from 'graphql';
import { operationContext, measure, type OperationLimits } from '@souk/engine/operation';
import { loadSupergraph } from '@souk/engine/supergraph';
import { DEFAULT_COST } from './cost-guard.ts';
import { operationCost } from '@souk/engine/cost';

/** How large an operation is, in everything that limits are set for. */
export interface OperationSize extends OperationLimits {
  /** In points, with the variables that were given. */
  readonly cost: number;
}

/**
 * Measures the operation of a text as the gateway does. Variables need not be complete: what lacks costs nothing.
 * @throws GraphQLError when the text cannot be read.
 */
export type OperationMeter = (text: string, variables?: Readonly<Record<string, unknown>>) => OperationSize;

/** A meter for the operations of a supergraph: for tests of clients, which should be far from every limit. */
export function operationMeter(supergraphSdl: string): OperationMeter {
  const { apiSchema, costs } = loadSupergraph(supergraphSdl);
  return (text, variables = {}) => {
    const context = operationContext(apiSchema, parse(text), null);
    if (!context) throw new GraphQLError('The text has no operation, or several');
    const cost = operationCost(context, costs, DEFAULT_COST).of({ ...defaultsOf(context.operation), ...variables });
    return { ...measure(context), tokens: tokensOf(text), cost };
  };
}

function tokensOf(text: string): number {
  const lexer = new Lexer(new Source(text));
  let count = 0;
  while (lexer.advance().kind !== TokenKind.EOF) count += 1;
  return count;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}
