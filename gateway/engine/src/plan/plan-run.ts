import type { RequestContext } from '@souk/kit/context';
import type { FieldNode, GraphQLError, GraphQLFormattedError } from 'graphql';
import { asError, surprise } from '../subgraphs/subgraph-errors.ts';
import type { SubgraphRequest } from '../subgraphs/subgraph-transport.ts';
import type { DataObject } from './data.ts';
import type { AnswerPath } from './entity-path.ts';
import { LostFields } from './lost-fields.ts';
import { ReportedPlaces } from './reported-places.ts';
import type { EngineLogger } from '../subgraphs/engine-logger.ts';

/** A subgraph's answer as a plan takes it: its data may be written into, its errors may be shown. */
export interface SubgraphAnswer {
  readonly data: DataObject | null;
  readonly errors?: readonly GraphQLFormattedError[];
  /** Response names of root fields whose attempts succeeded. See `markSucceeded`. */
  readonly succeeded?: readonly string[];
}

/** What answers the fetches of a plan. It never throws for a subgraph that is down. */
export interface PlanSource {
  fetch(request: SubgraphRequest): Promise<SubgraphAnswer>;
}

/** What one run of a plan goes by. */
export interface PlanInput {
  /** As the client sent them: subgraphs coerce for themselves. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** With their defaults. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  /** By subgraph name. */
  readonly sources: ReadonlyMap<string, PlanSource>;
  readonly logger: EngineLogger;
  /** The root fields of the client's operation by their response name. */
  fieldNodes(responseName: string): readonly FieldNode[];
}

/** One run of a plan: the data that the subgraphs have given so far, and what went wrong. */
export class PlanRun {
  readonly input: PlanInput;
  readonly data: DataObject = {};
  readonly errors: GraphQLError[] = [];
  /** What fetches failed to give. */
  readonly lost = new LostFields();
  /** Where subgraphs say that something is null, and why. */
  readonly reported = new ReportedPlaces();
  /** Response names of root fields whose attempts succeeded, as their subgraphs report. */
  readonly succeeded = new Set<string>();
  /** The errors as JSON: fetches for the same place fail alike when their subgraph is down. */
  readonly #told = new Set<string>();

  constructor(input: PlanInput) {
    this.input = input;
  }

  /** Notes what may be shown to the client, once. @param nodes of the client's document: they say where in it. */
  fail(error: GraphQLFormattedError, nodes?: readonly FieldNode[]): void {
    const { message, path, extensions } = error;
    const text = JSON.stringify([message, path, extensions]);
    if (this.#told.has(text)) return;
    this.#told.add(text);
    this.errors.push(asError(error, nodes));
  }

  /** Notes an unexpected failure of one fetch, which costs its fields. `path`: where those are; null for the whole answer. */
  surprise(error: unknown, service: string, path: AnswerPath | null): void {
    const { context, logger } = this.input;
    this.fail(surprise(error, { service, context, logger }, path ?? undefined));
  }
}

/** A compiled part of a plan. It never rejects. */
export type PlanStep = (run: PlanRun) => Promise<void>;
