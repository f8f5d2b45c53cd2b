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

/** Apollo's query planner, with corrections of its input and output. */
export class OperationPlanner {
  readonly #schema: Schema;
  readonly #planner: QueryPlanner;
  readonly #required: RequiredFields;
  readonly #reserved: ReadonlySet<string>;
  readonly #hasInterfaceObjects: boolean;

  /**
   * @param document the supergraph's document
   * @param build makes Apollo's supergraph object
   */
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

  /** The names that a plan of the operation must not use as aliases. */
  namesOf(operation: OperationContext): PlannedNames {
    return this.#hasInterfaceObjects
      ? { reserved: this.#reserved, contested: contestedNames(operation) }
      : { reserved: this.#reserved };
  }

  /**
   * Plans an operation without conditions that is valid for the API schema.
   * @param overrides the labels of `@override` that are in effect
   * @returns the plan, or the reason why no subgraph can answer the operation
   * @throws Error when the planner fails
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

  /** Removes directives that the planner does not know. Clients may use these directives, but subgraphs need not understand them. */
  #known(document: DocumentNode): DocumentNode {
    return visit(document, { Directive: ({ name }) => (this.#schema.directive(name.value) ? undefined : null) });
  }
}
