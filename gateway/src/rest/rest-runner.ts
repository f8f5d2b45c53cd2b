import type { Actor } from '@souk/kit/context';
import type { GraphQLSchema } from 'graphql';
import type { OperationCall } from '../operations/operation-call.ts';
import type { AdmittedOperation, OperationAnswer, OperationPipeline } from '../operations/operation-pipeline.ts';
import { routeReader, type RouteData, type RouteReader } from './answer-data.ts';
import { fieldNames, type FieldNames } from './field-names.ts';
import { partErrors, problemOfErrors } from './graphql-errors.ts';
import { inputErrors } from './input-errors.ts';
import { isRecord, valueAt } from './links.ts';
import { restProblem, type ProblemError, type RestProblem } from '../http/problem.ts';
import type { RestRoute, RestTable } from './rest-table.ts';
import { restWords, type RestWords } from './rest-words.ts';
import { problemOfUserErrors } from './user-errors.ts';

export interface RestRunnerDependencies {
  readonly pipeline: OperationPipeline;
  /** Returns the present schema for clients. */
  readonly schema: () => GraphQLSchema;
  readonly table: RestTable;
}

/** The outcome of a request: its data, or the problem that refuses it. */
export type RouteOutcome = (RouteSuccess | RouteRefusal) & {
  /** Null when no operation ran. */
  readonly admitted: AdmittedOperation | null;
};

export interface RouteSuccess extends RouteData {
  readonly problem: null;
  /** The errors of fields that are missing in the data. */
  readonly errors: readonly ProblemError[];
}

interface RouteRefusal {
  readonly problem: RestProblem;
}

/**
 * How the client sent the expected version: `ifMatch` is true for an `If-Match` header, and false for a field of the body. With the header,
 * errors name `If-Match` instead of the field, and a version conflict has the status 412.
 */
export interface RequestTerms {
  readonly ifMatch: boolean;
}

/** Runs the operation of one route and translates its answer to REST. */
export class RouteRunner {
  readonly #route: RestRoute;
  readonly #dependencies: RestRunnerDependencies;
  /** The names that the route's clients use, with the version in `If-Match` or in the body. */
  readonly #names: { readonly ifMatch: FieldNames; readonly plain: FieldNames };
  readonly #read: RouteReader;
  readonly #words: RestWords;

  constructor(route: RestRoute, dependencies: RestRunnerDependencies) {
    this.#route = route;
    this.#dependencies = dependencies;
    this.#names = { ifMatch: fieldNames(route, true), plain: fieldNames(route) };
    this.#read = routeReader(route, dependencies.table.basePath);
    this.#words = restWords(dependencies.table);
  }

  async run(
    variables: Readonly<Record<string, unknown>>,
    call: OperationCall,
    terms: RequestTerms,
  ): Promise<RouteOutcome> {
    const { id, operation } = this.#route;
    const params = { query: null, documentId: id, operationName: operation, variables, extensions: {} };
    const answer = await this.#dependencies.pipeline.execute(params, call);
    return { ...this.#outcome(answer, variables, { ...terms, actor: call.context.actor }), admitted: answer.admitted };
  }

  #outcome(
    { result: { data, errors = [] }, admitted }: OperationAnswer,
    variables: Readonly<Record<string, unknown>>,
    { ifMatch, actor }: RequestTerms & { readonly actor: Actor },
  ): RouteSuccess | RouteRefusal {
    const { answer } = this.#route;
    const names = ifMatch ? this.#names.ifMatch : this.#names.plain;
    const root = data?.[answer.root];
    if (answer.refusals && isRecord(root)) {
      const terms = { statuses: this.#dependencies.table.refusals, names, ifMatch };
      const refused = problemOfUserErrors(root['userErrors'], terms);
      if (refused) return { problem: this.#translated(refused, ifMatch) };
    }
    const shown = this.#read(valueAt(root, answer.path), variables, actor);
    const isMissing = root === null || root === undefined || (shown.data === null && answer.kind !== 'nothing');
    if (!isMissing) return { ...shown, problem: null, errors: partErrors(errors, answer.path.length + 1) };
    if (errors.length === 0) return { problem: NOT_FOUND };
    const problem = (admitted ? null : this.#inputProblem(variables, names)) ?? problemOfErrors(errors, names);
    return { problem: this.#translated(problem, ifMatch) };
  }

  #translated({ errors: [first, ...others], ...problem }: RestProblem, ifMatch: boolean): RestProblem {
    const version = (text: string) => (ifMatch ? text.replaceAll(/`?\bexpectedVersion\b`?/g, 'If-Match') : text);
    const translated = (error: ProblemError) => ({ ...error, message: this.#words(version(error.message)) });
    return { ...problem, errors: [translated(first), ...others.map(translated)] };
  }

  /** The problem of invalid variables. Null when the variables are valid. */
  #inputProblem(variables: Readonly<Record<string, unknown>>, names: FieldNames): RestProblem | null {
    const [first, ...others] = inputErrors(this.#dependencies.schema(), this.#route, variables, names);
    return first ? { status: 400, errors: [first, ...others] } : null;
  }
}

const NOT_FOUND = restProblem(
  404,
  'NOT_FOUND',
  'There is nothing here, or nothing that you may see: check the address, and who you are logged in as',
);
