/** The tour cannot continue. The message is one line for the person who runs it. */
export class TourFailure extends Error {}
