export { ApolloExecutor } from './apollo-executor.ts';
