import { asyncApiFile } from '../events/asyncapi.ts';
import { contractComments } from '../events/contract-comments.ts';
import { describeMessages } from '../events/described-messages.ts';
import { eventsPage } from '../events/events-page.ts';
import { declaredMessages, SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { ROOT, type GeneratedFile } from './generated-file.ts';

/** What subgraphs tell and ask each other, for people and for machines. */
export async function eventDocuments(): Promise<readonly GeneratedFile[]> {
  const comments = await contractComments(ROOT, SUBGRAPH_NAMES);
  const messages = describeMessages(declaredMessages(), comments);
  return [eventsPage(messages), asyncApiFile(messages)];
}
