import { InProcessCommands } from './index.ts';
import { describeCommands } from './testing/commands-contract.ts';

describeCommands('the commands of one process', async () => ({
  open: async (timeoutMs) => new InProcessCommands({ timeoutMs }),
  close: async () => undefined,
}));
