import { IdempotentInput, IdField, IntField, LineField, TextListField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';
import { LONGEST_LIFETIME_DAYS } from './api-key.ts';

const VERSION = {
  nullable: true,
  min: 1,
  max: 2_147_483_647,
  description: 'The expected version. The change is refused when the key has another version.',
} as const;

// Mutations that return a secret have no idempotency key, because the stored result would contain the secret.

@InputType()
export class ApiKeyCreateInput {
  @LineField({ description: 'The program that uses the key.' })
  name!: string;

  @TextListField({ max: 50, description: 'The scopes of the key. You grant no scope that you lack.' })
  scopes!: string[];

  @TextListField({
    max: 20,
    nullable: true,
    description: 'IP addresses and networks (CIDR) from which the key may be used. Without any, from everywhere.',
  })
  allowedAddresses?: string[] | null;

  @IntField({
    nullable: true,
    min: 1,
    max: LONGEST_LIFETIME_DAYS,
    description: 'Days until the key expires. Default: 90.',
  })
  lifetimeDays?: number | null;
}

@InputType()
export class ApiKeyRotateInput {
  @IdField()
  id!: string;

  @IntField(VERSION)
  expectedVersion?: number | null;

  @IntField({
    nullable: true,
    min: 0,
    max: 168,
    description: 'Hours for which the present secret still works, beside the new secret. Default: 24.',
  })
  overlapHours?: number | null;
}

@InputType()
export class ApiKeyRevokeInput extends IdempotentInput {
  @IdField()
  id!: string;

  @IntField(VERSION)
  expectedVersion?: number | null;
}
