import type { RestParameter, RestRoute } from '../rest/rest-table.ts';

/** A route with defaults for the values that the test does not set. */
export function fixtureRoute(values: Partial<RestRoute> = {}): RestRoute {
  return {
    operation: 'LinesAdd',
    id: 'an-id',
    method: 'POST',
    path: '/carts/{cartId}/lines',
    status: 200,
    variables: [],
    parameters: [],
    body: null,
    answer: { root: 'linesAdd', refusals: true, path: [], fields: null, kind: 'one', nodes: [], versioned: false },
    inputs: [],
    links: [],
    itemLinks: [],
    ...values,
  };
}

/** A text parameter in the query string, with defaults for the values that the test does not set. */
export function fixtureParameter(values: Partial<RestParameter> & Pick<RestParameter, 'name'>): RestParameter {
  return { in: 'query', target: [values.name], kind: 'text', list: false, required: false, ...values };
}
