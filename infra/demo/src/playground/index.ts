export { soukExamples } from './examples.ts';
export { playgroundStart } from './playground-start.ts';
