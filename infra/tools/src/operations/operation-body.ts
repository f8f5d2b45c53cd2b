import { Kind, print, visit, type DocumentNode } from 'graphql';
import { createHash } from 'node:crypto';

/** Removes descriptions and the directives that only readers and code generators need. */
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

/** Prints a document in a normalized form, independent of the file's layout. */
export function bodyOf(document: DocumentNode): string {
  return print(document);
}

/**
 * Returns the SHA-256 in hexadecimal, which is the operation's id in Apollo's manifest and in automatic persisted
 * queries.
 */
export function idOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}
