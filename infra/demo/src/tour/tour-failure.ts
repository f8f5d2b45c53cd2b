/** Why the tour cannot go on, in a line for the person who watches it. */
export class TourFailure extends Error {}
