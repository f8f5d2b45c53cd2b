export { deniedErrors } from './denied-errors.ts';
export { type Requirement, type Requirements, allOf, readRequirements, satisfies } from './requirements.ts';
