import { AuditedFor, AuditedType, connectionTypes, DateTimeScalar } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { ApiKeysRead } from '../contract.ts';

@AuditedFor(ApiKeysRead)
@ObjectType('ApiKey', {
  implements: [AuditedType],
  simpleResolvers: true,
  description: 'A key of a program. Send its secret as `Authorization: Bearer souk_...`.',
})
export class ApiKeyType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'The last four characters of the secret.' })
  hint!: string;

  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [String], { description: 'At most 50.' })
  scopes!: readonly string[];

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [String], { description: 'At most 20. Empty: the key works from everywhere.' })
  allowedAddresses!: readonly string[];

  @Field(() => DateTimeScalar)
  expiresAt!: Date;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'The secret before the latest rotation works until this time. Null before a rotation.',
  })
  previousExpiresAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Accurate to about a minute. Null for an unused key.' })
  lastUsedAt!: Date | null;
}

export const { ConnectionType: ApiKeyConnection } = connectionTypes('ApiKey', ApiKeyType);
