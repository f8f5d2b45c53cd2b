import { Scope } from '../context/index.ts';
import type { CommandDefinition, EventDefinition, RouteDefinition } from '../contracts/index.ts';

/** A definition with the name under which its contract exports it. */
export interface Named<Definition> {
  readonly name: string;
  readonly definition: Definition;
}

/** The exports of a `contract.ts`. */
export type Contract = Readonly<Record<string, unknown>>;

/** The events that a contract declares. */
export function eventsOf(contract: Contract): readonly Named<EventDefinition>[] {
  return exportsOf(contract, isEvent);
}

/** The commands that a contract declares. The contract's subgraph handles them. */
export function commandsOf(contract: Contract): readonly Named<CommandDefinition>[] {
  return exportsOf(contract, isCommand);
}

/** The routes that a contract declares. The processes of the contract's subgraph serve them. */
export function routesOf(contract: Contract): readonly Named<RouteDefinition>[] {
  return exportsOf(contract, isRoute);
}

/** The scopes that a contract declares. The contract's subgraph enforces them. */
export function scopesOf(contract: Contract): readonly Named<Scope>[] {
  return exportsOf(contract, (value) => value instanceof Scope);
}

function exportsOf<Definition>(
  contract: Contract,
  is: (value: unknown) => value is Definition,
): readonly Named<Definition>[] {
  return Object.entries(contract).flatMap(([name, definition]) => (is(definition) ? [{ name, definition }] : []));
}

function isEvent(value: unknown): value is EventDefinition {
  return typeof value === 'object' && value !== null && 'subject' in value && 'payload' in value;
}

function isCommand(value: unknown): value is CommandDefinition {
  return typeof value === 'object' && value !== null && 'request' in value && 'reply' in value;
}

function isRoute(value: unknown): value is RouteDefinition {
  return typeof value === 'object' && value !== null && 'path' in value && 'query' in value;
}
