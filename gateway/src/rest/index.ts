export { allOf, readRequirements, type Requirement, type Requirements } from '@souk/engine/authorization';
export { addApiReference, type ApiReferenceOptions } from './api-reference.ts';
export { envelope, envelopeHead } from './envelope.ts';
export { linkMaker, type ShownLinks } from './links.ts';
export { DEFAULT_LIMIT, MAX_LIMIT, singular } from './parameter-values.ts';
export { dataShaper } from './data-shape.ts';
export { problemType } from '../http/problem-codes.ts';
export {
  parseRestTable,
  type LinkCondition,
  type RestLink,
  type RestParameter,
  type RestRoute,
  type RestTable,
} from './rest-table.ts';
