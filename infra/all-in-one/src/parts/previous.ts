/** For drills with two versions: the code of earlier commits. */
export { earlierCommits, gitOf } from '../previous/commits.ts';
export { checkOut } from '../previous/earlier-tree.ts';
