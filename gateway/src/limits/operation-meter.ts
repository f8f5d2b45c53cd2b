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

/** The size of an operation: its cost, and a value for each limit of `OperationLimits`. */
export interface OperationSize extends OperationLimits {
  readonly cost: number;
}

/**
 * Measures an operation as the gateway does. The variables may be incomplete, because a missing variable adds no cost.
 * @throws GraphQLError when the text is not valid
 */
export type OperationMeter = (text: string, variables?: Readonly<Record<string, unknown>>) => OperationSize;

/** A meter for the operations of a supergraph. Tests of clients use it to prove that their operations stay far below every limit. */
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
