import { prettyFormatQueryPlan, type QueryPlan } from '@apollo/query-planner';
import { Kind, parse, print, visit } from 'graphql';

/** A plan as text. Literals in its operations are replaced by `""`, `0`, `[]` and `{}`, because they may contain a client's data. */
export function planOutline(plan: QueryPlan): string {
  const outline = JSON.parse(JSON.stringify(plan), (name, value) =>
    name === 'operation' && typeof value === 'string' ? withoutValues(value) : value,
  );
  return prettyFormatQueryPlan(outline as QueryPlan); // a copy of one
}

function withoutValues(operation: string): string {
  return print(
    visit(parse(operation, { noLocation: true }), {
      StringValue: (node) => ({ ...node, value: '', block: false }),
      IntValue: () => ({ kind: Kind.INT, value: '0' }),
      FloatValue: () => ({ kind: Kind.INT, value: '0' }),
      ListValue: () => ({ kind: Kind.LIST, values: [] }),
      ObjectValue: () => ({ kind: Kind.OBJECT, fields: [] }),
    }),
  );
}
