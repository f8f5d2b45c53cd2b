export { earlierCommits, gitOf } from './commits.ts';
export { checkOut, type EarlierTree } from './earlier-tree.ts';
export { movedFile } from './moved-file.ts';
