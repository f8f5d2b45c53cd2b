import type { FetchNode, FlattenNode, ParallelNode, PlanNode, QueryPlan } from '@apollo/query-planner';

interface EntityFetch extends FlattenNode {
  readonly node: FetchNode;
}

/**
 * Joins fetches that run at the same time and select the same fields of objects of different types. The planner makes a fetch for each
 * type, even when the selections are equal.
 */
export function withJoinedFetches(plan: QueryPlan): QueryPlan {
  const { node } = plan;
  if (!node) return plan;
  if (node.kind !== 'Subscription') return { ...plan, node: joined(node) };
  return node.rest ? { ...plan, node: { ...node, rest: joined(node.rest) } } : plan;
}

function joined(node: PlanNode): PlanNode {
  if (node.kind === 'Sequence') return { ...node, nodes: node.nodes.map(joined) };
  return node.kind === 'Parallel' ? joinedParallel(node) : node;
}

function joinedParallel(node: ParallelNode): PlanNode {
  const nodes: PlanNode[] = [];
  for (const each of node.nodes.map(joined)) {
    const index = nodes.findIndex((known) => joinedPath(known, each) !== null);
    const known = nodes[index];
    const path = known ? joinedPath(known, each) : null;
    if (known?.kind === 'Flatten' && path) nodes[index] = { ...known, path: [...path] };
    else nodes.push(each);
  }
  const [only] = nodes;
  return only && nodes.length === 1 ? only : { ...node, nodes };
}

/**
 * The path that covers the objects of both nodes. Null when the nodes select different fields, or when such a path would also cover other
 * objects.
 */
function joinedPath(one: PlanNode, other: PlanNode): readonly string[] | null {
  if (!isEntityFetch(one) || !isEntityFetch(other) || one.path.length !== other.path.length) return null;
  const parts = one.path.map((part, index) => joinedPart(String(part), String(other.path[index])));
  const differing = parts.filter((part, index) => part !== one.path[index] || part !== other.path[index]).length;
  if (parts.includes(null) || differing > 1 || textOf(one.node) !== textOf(other.node)) return null;
  return parts.flatMap((part) => part ?? []);
}

/** Joins two parts of a path: `name|[A]` and `name|[B]` become `name|[A,B]`. Null for different names. */
function joinedPart(one: string, other: string): string | null {
  const [[name, types], [otherName, otherTypes]] = [one.split('|['), other.split('|[')];
  if (name === undefined || name !== otherName) return null;
  if (types === undefined || otherTypes === undefined) return name; // objects of all types
  const all = new Set([...types.replace(']', '').split(','), ...otherTypes.replace(']', '').split(',')]);
  return `${name}|[${[...all].join(',')}]`;
}

function isEntityFetch(node: PlanNode): node is EntityFetch {
  return node.kind === 'Flatten' && node.node.kind === 'Fetch';
}

/** The fetch as text, without the number that the planner puts into the operation's name. */
function textOf({ serviceName, operation, operationName, requires, inputRewrites, outputRewrites }: FetchNode): string {
  const query = operationName ? operation.replace(operationName, '') : operation;
  return JSON.stringify([serviceName, query, requires, inputRewrites, outputRewrites]);
}
