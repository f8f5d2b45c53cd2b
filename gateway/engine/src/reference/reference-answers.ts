import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { deniedErrors } from '../authorization/denied-errors.ts';
import type { ReadyOperation } from '../execution/operation.ts';
import type { PlannedOperation } from '../execution/prepared-operation.ts';
import { AnswerShape } from '../shape/answer-shape.ts';
import type { EngineLogger } from '../subgraphs/engine-logger.ts';
import { asError, maskedError } from '../subgraphs/subgraph-errors.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * The internal names that the answer shape must translate to the client's names. Empty, because Apollo's answers
 * already have the client's names.
 */
const NO_NAMES: ReadonlySet<string> = new Set();

/** A result of Apollo Server. */
export interface ApolloResult {
  readonly data?: Data | null;
  readonly errors?: readonly GraphQLFormattedError[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** Converts Apollo's results to answers for clients of Souk. */
export class ReferenceAnswers {
  readonly #logger: EngineLogger;
  /** The shapes of planned operations. In a shaped answer, the fields that the actor may not see are null. */
  readonly #shapes = new WeakMap<PlannedOperation, AnswerShape>();

  constructor(logger: EngineLogger) {
    this.#logger = logger;
  }

  answerOf(ready: ReadyOperation, { data = null, errors = [], extensions }: ApolloResult): ExecutionResult {
    const { planned, request, coerced } = ready;
    const misfits = misfitsOf(extensions).map((each) => this.#misfit(each, ready));
    const shown = [...errors.map((each) => this.#shown(each, ready)), ...misfits];
    if (planned.denied.length === 0) return shown.length > 0 ? { data, errors: shown } : { data };
    const denied = deniedErrors(planned.denied, request.context.actor, coerced);
    const shaped = data && this.#shapeOf(planned).shape({ ...data }, { variables: request.variables, coerced });
    return { data: shaped?.data ?? null, errors: [...shown, ...denied] };
  }

  /**
   * The error for the client. A subgraph's error has already been masked where necessary. A message of Apollo itself may reveal internals,
   * so it is masked here.
   */
  #shown({ message, path, extensions = {} }: GraphQLFormattedError, { request }: ReadyOperation): GraphQLError {
    const { serviceName, ...own } = extensions;
    const at = path && { path };
    if (serviceName !== undefined) return asError({ message, ...at, extensions: own });
    const origin = { service: null, context: request.context, logger: this.#logger };
    return asError(maskedError(new Error(message), origin, path));
  }

  /** The error for a value that does not fit the schema. Apollo reports such values only in `extensions.valueCompletion`. */
  #misfit({ message, path }: GraphQLFormattedError, { request }: ReadyOperation): GraphQLError {
    const { requestId } = request.context;
    return asError({ message, ...(path && { path }), extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } });
  }

  #shapeOf(planned: PlannedOperation): AnswerShape {
    const terms = { hidden: new Set(planned.denied.map(({ node }) => node)), reserved: NO_NAMES };
    const shape = this.#shapes.get(planned) ?? new AnswerShape(planned.shape, terms);
    this.#shapes.set(planned, shape);
    return shape;
  }
}

function misfitsOf(extensions: ApolloResult['extensions']): readonly GraphQLFormattedError[] {
  const misfits = extensions?.['valueCompletion'];
  return Array.isArray(misfits) ? misfits : [];
}
