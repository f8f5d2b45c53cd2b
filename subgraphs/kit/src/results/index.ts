export { isCheckpointResult, subscribeToEvents, subscribeWithPositions } from './positioned-results.ts';
export { executeAndReport, reportedSuccesses, successesReport, withSuccesses } from './reported-successes.ts';
