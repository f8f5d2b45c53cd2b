/** Why the walk cannot go on, in a line for the person who watches it. */
export class WalkFailure extends Error {}
