/** The maximum number of characters in a search text. */
export const MAX_SEARCH_LENGTH = 100;
/** The maximum number of words in a search. Further words are ignored. */
export const MAX_SEARCH_WORDS = 8;
