import { asyncApiFile } from '../events/asyncapi.ts';
import { contractComments } from '../events/contract-comments.ts';
import { describeMessages } from '../events/described-messages.ts';
import { eventsPage } from '../events/events-page.ts';
import { declaredMessages, SUBGRAPH_NAMES } from '@souk/deployment/roster';
import { ROOT, type GeneratedFile } from './generated-file.ts';
import { scopesPage } from './scopes-page.ts';

/** Generates the documents about the subgraphs' contracts: a page for people, and AsyncAPI for programs. */
export async function contractDocuments(): Promise<readonly GeneratedFile[]> {
  const comments = await contractComments(ROOT, SUBGRAPH_NAMES);
  const messages = describeMessages(declaredMessages(), comments);
  return [eventsPage(messages), asyncApiFile(messages), scopesPage(comments)];
}
