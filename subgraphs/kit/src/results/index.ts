export { isCheckpointResult, subscribeToEvents, subscribeWithPositions } from './positioned-results.ts';
export { executeAndReport, reportedSuccesses, successesReport } from './reported-successes.ts';
