import { ApiKeyCreateDocument, ApiKeyRevokeDocument, ApiKeyRotateDocument, type ApiKeyListQuery } from '@souk/sdk';
import { useToast } from '@souk/ui';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { souk } from '../../api/client.ts';
import { newIdempotencyKey } from '../../api/idempotency-key.ts';
import { accepted } from '../../api/refusal.ts';

export type ListedApiKey = NonNullable<ApiKeyListQuery['apiKeys']>['nodes'][number];

/** The input for a new API key. */
export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  readonly allowedAddresses: readonly string[];
}

/** A change to the API keys: create, rotate or revoke. */
export type ApiKeyChange =
  | { readonly kind: 'create'; readonly key: NewApiKey }
  | { readonly kind: 'rotate' | 'revoke'; readonly key: ListedApiKey };

/**
 * A mutation for a change to the API keys, which then reads the API keys again. The result is the new secret, or null.
 */
export function useApiKeyChange() {
  const toast = useToast();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onError: (error) => toast({ text: error.message, tone: 'bad' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}

async function send(change: ApiKeyChange): Promise<string | null> {
  if (change.kind === 'create') {
    const { name, scopes, allowedAddresses } = change.key;
    const input = { name, scopes: [...scopes], allowedAddresses: [...allowedAddresses] };
    return accepted((await souk.run(ApiKeyCreateDocument, { input })).apiKeyCreate).secret;
  }
  const input = { id: change.key.id, expectedVersion: change.key.version };
  if (change.kind === 'rotate') return accepted((await souk.run(ApiKeyRotateDocument, { input })).apiKeyRotate).secret;
  const revoke = { ...input, idempotencyKey: newIdempotencyKey() };
  accepted((await souk.run(ApiKeyRevokeDocument, { input: revoke })).apiKeyRevoke);
  return null;
}
