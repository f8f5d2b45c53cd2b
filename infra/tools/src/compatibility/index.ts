export { earlierCommits, gitOf } from './commits.ts';
export { checkOut } from './earlier-tree.ts';
