export { type OverrideShares, ProgressiveOverrides, overrideLabels } from './progressive-overrides.ts';
export { loadSupergraph } from './supergraph.ts';
