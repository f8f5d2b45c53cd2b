import type { RequestContext } from '@souk/kit/context';
import type { FieldNode, GraphQLError, GraphQLFormattedError } from 'graphql';
import { asError, maskedError } from '../subgraphs/subgraph-errors.ts';
import type { SubgraphRequest } from '../subgraphs/subgraph-transport.ts';
import type { DataObject } from './data.ts';
import type { AnswerPath } from './entity-path.ts';
import { LostFields } from './lost-fields.ts';
import { ReportedPlaces } from './reported-places.ts';
import type { EngineLogger } from '../subgraphs/engine-logger.ts';

/** A subgraph's answer to one fetch. The engine may write into the data, and may show the errors to clients. */
export interface SubgraphAnswer {
  readonly data: DataObject | null;
  readonly errors?: readonly GraphQLFormattedError[];
  /**
   * Response names of the root fields with an attempt limit that succeeded, such as a login. The subgraph reports them,
   * see `markSucceeded`.
   */
  readonly succeeded?: readonly string[];
}

/** Runs the fetches of one subgraph. Never throws. When the subgraph is down, the answer has errors. */
export interface PlanSource {
  fetch(request: SubgraphRequest): Promise<SubgraphAnswer>;
}

/** The input of one run of a plan. It differs for every request. */
export interface PlanInput {
  /** The client's variables. Each subgraph coerces them itself. */
  readonly variables: Readonly<Record<string, unknown>>;
  /** The variables with their defaults. */
  readonly coerced: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  /** The sources by subgraph name. */
  readonly sources: ReadonlyMap<string, PlanSource>;
  readonly logger: EngineLogger;
  /** The root fields of the client's operation with this response name. */
  fieldNodes(responseName: string): readonly FieldNode[];
}

/** One run of a plan: the data that was fetched so far, and the errors. */
export class PlanRun {
  readonly input: PlanInput;
  readonly data: DataObject = {};
  readonly errors: GraphQLError[] = [];
  readonly lost = new LostFields();
  /** The paths of the nulls for which subgraphs have reported an error. */
  readonly reported = new ReportedPlaces();
  /**
   * Response names of the root fields with an attempt limit, such as a login, that a subgraph reported as successful.
   */
  readonly succeeded = new Set<string>();
  /**
   * The errors as JSON, which identifies duplicates. When a subgraph is down, several fetches fail with the same error
   * at the same path.
   */
  readonly #reported = new Set<string>();

  constructor(input: PlanInput) {
    this.input = input;
  }

  /**
   * Adds an error for the client. A repeated error is ignored.
   * @param nodes the nodes of the client's document at which the error occurred
   */
  fail(error: GraphQLFormattedError, nodes?: readonly FieldNode[]): void {
    const { message, path, extensions } = error;
    const text = JSON.stringify([message, path, extensions]);
    if (this.#reported.has(text)) return;
    this.#reported.add(text);
    this.errors.push(asError(error, nodes));
  }

  /**
   * Records an unexpected failure of one fetch, whose fields become null.
   * @param path the path of the fields, or null for the whole answer
   */
  failUnexpectedly(error: unknown, service: string, path: AnswerPath | null): void {
    const { context, logger } = this.input;
    this.fail(maskedError(error, { service, context, logger }, path ?? undefined));
  }
}

/** A compiled step of a plan. Never rejects. */
export type PlanStep = (run: PlanRun) => Promise<void>;
