import { eventsTable, measureEvents } from './events-suite.ts';

/** `npm run bench:events [-- EVENTS]` */
const EVENTS = Number(process.argv[2] ?? 50_000);

console.log(eventsTable(await measureEvents(EVENTS)));
