import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';

/** Replaces a fetch by several fetches that run at the same time. */
type FetchChange = (fetch: FetchNode) => readonly FetchNode[];

/** The plan with replaced fetches. */
export function withFetches(plan: QueryPlan, change: FetchChange): QueryPlan {
  const { node } = plan;
  if (!node) return plan;
  if (node.kind !== 'Subscription') return { ...plan, node: changedNode(node, change) };
  const { primary, rest } = node;
  const [changed = primary] = change(primary);
  return { ...plan, node: { ...node, primary: changed, ...(rest && { rest: changedNode(rest, change) }) } };
}

function changedNode(node: PlanNode, change: FetchChange): PlanNode {
  const changed = (each: PlanNode) => changedNode(each, change);
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel':
      return { ...node, nodes: node.nodes.map(changed) };
    case 'Flatten':
      return { ...node, node: changed(node.node) };
    case 'Condition': {
      const { ifClause, elseClause } = node;
      return {
        ...node,
        ...(ifClause && { ifClause: changed(ifClause) }),
        ...(elseClause && { elseClause: changed(elseClause) }),
      };
    }
    case 'Fetch': {
      const fetches = change(node);
      const [only, ...others] = fetches;
      return only && others.length === 0 ? only : { kind: 'Parallel', nodes: [...fetches] };
    }
    case 'Defer':
      return node;
  }
}
