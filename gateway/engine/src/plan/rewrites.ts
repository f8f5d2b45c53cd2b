import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isDataObject, ownValue, setOwn, typesWithin, type DataObject } from './data.ts';

/** Changes data in place, at every object of the rewrite's path. */
export type Rewrite = (data: unknown) => void;

const FRAGMENT = '... on ';

/** Compiles the planner's renames and replacements in a representation or an answer. Null when there are none. */
export function compileRewrites(rewrites: readonly FetchDataRewrite[], schema: GraphQLSchema): Rewrite | null {
  if (rewrites.length === 0) return null;
  const compiled = rewrites.map((each) => compileRewrite(each, schema));
  return (data) => {
    for (const rewrite of compiled) rewrite(data);
  };
}

/** Maps the planner's aliases to the response names. The paths of errors contain the response names. */
export function renamedKeys(rewrites: readonly FetchDataRewrite[]): ReadonlyMap<string, string> {
  return new Map(
    rewrites.flatMap((each) => {
      const key = each.path.at(-1);
      return each.kind === 'KeyRenamer' && key !== undefined ? [[key, each.renameKeyTo] as const] : [];
    }),
  );
}

function compileRewrite(rewrite: FetchDataRewrite, schema: GraphQLSchema): Rewrite {
  const last = rewrite.path.at(-1);
  if (last === undefined) return () => undefined;
  const change = rewrite.kind === 'ValueSetter' ? setter(last, rewrite.setValueTo) : renamer(last, rewrite.renameKeyTo);
  return rewrite.path
    .slice(0, -1)
    .reduceRight<Rewrite>((inner, element) => within(element, inner, schema), eachObject(change));
}

function setter(key: string, value: unknown) {
  return (object: DataObject) => setOwn(object, key, value);
}

function renamer(key: string, name: string) {
  return (object: DataObject) => {
    const value = ownValue(object, key);
    if (value === undefined) return;
    setOwn(object, name, value);
    setOwn(object, key, undefined); // merging and representations skip undefined values
  };
}

function within(element: string, inner: Rewrite, schema: GraphQLSchema): Rewrite {
  if (!element.startsWith(FRAGMENT)) return eachObject((object) => inner(ownValue(object, element)));
  const types = typesWithin(schema, element.slice(FRAGMENT.length));
  return eachObject((object) => {
    const typename = object['__typename'];
    // Without a type name the object can have only one type, so the change applies to the object.
    if (typeof typename !== 'string' || types.has(typename)) inner(object);
  });
}

function eachObject(change: (object: DataObject) => void): Rewrite {
  return function visit(value: unknown): void {
    if (Array.isArray(value)) for (const each of value) visit(each);
    else if (isDataObject(value)) change(value);
  };
}
