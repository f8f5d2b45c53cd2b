/** Thrown when the tour cannot continue. The message is one line for the user. */
export class TourFailure extends Error {}
