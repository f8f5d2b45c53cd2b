/** Thrown when the tour cannot continue. The message is one line for the person who runs the tour. */
export class TourFailure extends Error {}
