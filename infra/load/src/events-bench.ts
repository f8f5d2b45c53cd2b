import { eventsTable, measureEventRounds } from './events-suite.ts';

/** The arguments of `npm run bench:events [-- EVENTS [ROUNDS]]`. */
const EVENTS = Number(process.argv[2] ?? 50_000);
const ROUNDS = Number(process.argv[3] ?? 3);

console.log(eventsTable(await measureEventRounds(EVENTS, ROUNDS)));
