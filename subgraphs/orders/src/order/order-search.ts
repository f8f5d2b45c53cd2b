/** The highest number of characters in a search. */
export const MAX_SEARCH_LENGTH = 100;
/** The highest number of words in a search. Further words are ignored. */
export const MAX_SEARCH_WORDS = 8;
