import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A sales channel. The catalog owns the type, and the gateway loads its fields from there. */
@Directive('@key(fields: "id", resolvable: false)')
@ObjectType('Channel', { simpleResolvers: true })
export class ChannelStub {
  @Field(() => ID)
  id!: string;
}
