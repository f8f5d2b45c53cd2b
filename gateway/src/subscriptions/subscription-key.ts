import { print } from 'graphql';
import { documentOf, type OperationContext } from '@souk/engine/operation';
import type { Engine, ReadyOperation } from '@souk/engine/execution';
import { isJsonObject } from '@souk/engine/json';
import { callerKey } from '../identity/caller-key.ts';

const printed = new WeakMap<OperationContext, string>();

/**
 * A key that is equal for subscribers who get the same events with the same content. The key consists of supergraph, operation, variables
 * and caller.
 */
export function subscriptionKey({ planned, request }: ReadyOperation, engine: Engine): string {
  const text = printed.get(planned.shape) ?? print(documentOf(planned.shape));
  printed.set(planned.shape, text);
  const denied = planned.denied.map(({ coordinate }) => coordinate);
  return JSON.stringify([
    engine.generation,
    text,
    denied,
    planned.overrides,
    sorted(request.variables),
    callerKey(request.context),
  ]);
}

/** A copy with sorted object members, so equal variables have equal JSON. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}
