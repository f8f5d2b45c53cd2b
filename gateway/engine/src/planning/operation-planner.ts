import { operationFromDocument, type Schema, type Supergraph } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { err, ok, type Result } from '@souk/kit/domain';
import { visit, type DocumentNode, type GraphQLError } from 'graphql';
import { documentOf, type OperationContext } from '../operation/operation-context.ts';
import { contestedNames, hasInterfaceObjects } from './contested-names.ts';
import { exactLiterals } from './exact-literals.ts';
import { withRealFields } from './fetch-names.ts';
import { withJoinedFetches } from './joined-fetches.ts';
import { plannableSupergraph } from './plannable-supergraph.ts';
import type { RequiredFields } from './required-fields.ts';
import { entityFieldNames, withSafeAliases, type PlannedNames } from './safe-aliases.ts';
import { unplannedField } from './unplanned-fields.ts';
import { asksForSchemaOnly, withoutIntrospection } from './without-introspection.ts';

/** Apollo's planner, with what it gets wrong put right before and after it. */
export class OperationPlanner {
  readonly #schema: Schema;
  readonly #planner: QueryPlanner;
  readonly #required: RequiredFields;
  readonly #reserved: ReadonlySet<string>;
  readonly #hasInterfaceObjects: boolean;

  /** `document` is the supergraph's; `build` makes Apollo's object of one. */
  constructor(document: DocumentNode, build: (document: DocumentNode) => Supergraph) {
    const plannable = plannableSupergraph(document);
    const supergraph = build(plannable.document);
    this.#schema = supergraph.apiSchema();
    this.#planner = new QueryPlanner(supergraph, {
      exposeDocumentNodeInFetchNode: false,
      typeConditionedFetching: true,
    });
    this.#required = plannable.required;
    this.#reserved = entityFieldNames(document);
    this.#hasInterfaceObjects = hasInterfaceObjects(document);
  }

  /** What decides how plans of an operation, or of a part of it, call its fields. */
  namesOf(operation: OperationContext): PlannedNames {
    return this.#hasInterfaceObjects
      ? { reserved: this.#reserved, contested: contestedNames(operation) }
      : { reserved: this.#reserved };
  }

  /**
   * The plan of an operation without conditions that is valid for the API schema, or why no subgraph can answer it. `overrides` are
   * the labels of `@override` that hold.
   * @throws Error when the planner fails.
   */
  plan(
    context: OperationContext,
    overrides: readonly string[] = [],
    names = this.namesOf(context),
  ): Result<QueryPlan, GraphQLError> {
    if (asksForSchemaOnly(context)) return ok({ kind: 'QueryPlan' });
    const safe = withSafeAliases(context, names);
    const exact = exactLiterals(context.schema, this.#known(withoutIntrospection(documentOf(safe))));
    const overrideConditions = new Map(overrides.map((label) => [label, true]));
    const operation = operationFromDocument(this.#schema, exact.document);
    const plan = exact.restore(this.#planner.buildQueryPlan(operation, { overrideConditions }));
    const unplanned = unplannedField(safe, plan);
    return unplanned ? err(unplanned) : ok(withJoinedFetches(withRealFields(plan, this.#required)));
  }

  /** Without the directives that the planner does not know: clients may write them, no subgraph has to understand them. */
  #known(document: DocumentNode): DocumentNode {
    return visit(document, { Directive: ({ name }) => (this.#schema.directive(name.value) ? undefined : null) });
  }
}
