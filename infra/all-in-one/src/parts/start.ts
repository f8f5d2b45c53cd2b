// For other programs that a person starts.
export { StartFailure } from '../../bootstrap/start-failure.mjs';
export { createSteps, type Steps } from '../../bootstrap/steps.mjs';
