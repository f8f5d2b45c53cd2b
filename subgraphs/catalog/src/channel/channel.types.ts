import { AuditedFor, AuditedType, connectionTypes, NodeType } from '@souk/kit/graphql';
import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { ChannelsRead } from '../contract.ts';

@Directive('@key(fields: "id")')
@AuditedFor(ChannelsRead)
@ObjectType('Channel', {
  implements: [AuditedType, NodeType],
  simpleResolvers: true,
  description:
    'A place where the shop sells, such as its web shop or a marketplace. Price lists and promotions can be for some channels.',
})
export class ChannelType extends AuditedType {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The value of the header `X-Channel`: "wholesale". Unique in the shop.' })
  code!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Boolean, { description: 'Requests for an inactive channel are refused.' })
  active!: boolean;

  @Field(() => Boolean, { description: 'Whether requests without `X-Channel` belong to the channel.' })
  isDefault!: boolean;
}

export const { ConnectionType: ChannelConnection } = connectionTypes('Channel', ChannelType);
