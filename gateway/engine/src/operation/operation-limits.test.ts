import { expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { operationContext } from './operation-context.ts';
import { DEFAULT_OPERATION_LIMITS, exceededLimit } from './operation-limits.ts';

const schema = buildSchema('type Query { a: Query b: Int }');
const LIMITS = { ...DEFAULT_OPERATION_LIMITS, depth: 3, rootFields: 3, aliases: 2, fields: 8 };

function exceeded(query: string) {
  const context = operationContext(schema, parse(query), null);
  return context && exceededLimit(context, LIMITS)?.extensions;
}

test('an operation within the limits passes', () => {
  expect(exceeded('{ a { a { b } } }')).toBeUndefined();
});

test('an operation that is too deep is refused with its depth, also through fragments', () => {
  expect(exceeded('{ a { a { a { b } } } }')).toMatchObject({
    code: 'OPERATION_TOO_LARGE',
    limit: 'depth',
    actual: 4,
    maximum: 3,
  });
  expect(exceeded('{ a { ...F } } fragment F on Query { a { ... { a { b } } } }')).toMatchObject({
    limit: 'depth',
    actual: 4,
  });
});

test('aliases, root fields and all fields are counted as often as they run', () => {
  expect(exceeded('{ w: b x: b y: b z: b }')).toMatchObject({ limit: 'rootFields', actual: 4 });
  expect(exceeded('{ a { x: b y: b z: b } }')).toMatchObject({ limit: 'aliases', actual: 3 });
  const twice = '{ a { ...F } x: a { ...F } } fragment F on Query { a { b } b y: b }';
  expect(exceeded(twice)).toMatchObject({ limit: 'aliases', actual: 3 });
  expect(exceeded(`{ ${'a { b } '.repeat(3)} ...F } fragment F on Query { a { b b b } }`)).toMatchObject({
    limit: 'rootFields',
  });
  expect(exceeded('{ a { a { b b b } } b a { b b b } }')).toMatchObject({ limit: 'fields', actual: 10 });
});

test('fragments that expand to billions of fields are counted quickly', () => {
  const levels = Array.from({ length: 40 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`);
  expect(exceeded(`{ ...F0 } ${levels.join(' ')} fragment F40 on Query { b }`)).toMatchObject({ actual: 2 ** 40 });
});

test('the introspection of an editor is not too deep', () => {
  expect(exceeded('{ __schema { types { fields { type { ofType { name } } } } } }')).toBeUndefined();
});
