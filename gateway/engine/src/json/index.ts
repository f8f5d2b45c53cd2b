export { isExactNumber, isJsonObject, numberOf } from './exact-numbers.ts';
export { hasLongNumber, keepExact, readJson } from './read-json.ts';
