import { Kind, print, visit, type DocumentNode } from 'graphql';
import { createHash } from 'node:crypto';

/** A document as it is sent: without what is written for readers and generators alone. */
export function executableDocument(document: DocumentNode, clientDirectives: ReadonlySet<string>): DocumentNode {
  return visit(document, {
    [Kind.DIRECTIVE]: (node) => (clientDirectives.has(node.name.value) ? null : undefined),
    [Kind.OPERATION_DEFINITION]: withoutDescription,
    [Kind.FRAGMENT_DEFINITION]: withoutDescription,
    [Kind.VARIABLE_DEFINITION]: withoutDescription,
  });
}

function withoutDescription<Node extends object>(node: Node & { readonly description?: unknown }): Node | undefined {
  if (!node.description) return undefined;
  const { description: _description, ...rest } = node;
  return rest as Node;
}

/** The same text on every machine, whatever the layout of the file. */
export function bodyOf(document: DocumentNode): string {
  return print(document);
}

/** sha256 in hex: the id of an operation in Apollo's manifest and in automatic persisted queries. */
export function idOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
