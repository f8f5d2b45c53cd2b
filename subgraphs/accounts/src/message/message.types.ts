import { connectionTypes, DateTimeScalar, enumOf } from '@souk/kit/graphql';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { MESSAGE_STATES, MESSAGE_TEMPLATES, type MessageState, type MessageTemplate } from './message.ts';

export const MessageStateEnum = enumOf(MESSAGE_STATES);
registerEnumType(MessageStateEnum, {
  name: 'MessageState',
  description:
    'QUEUED: waits for an attempt. SENDING: an attempt runs. SENT: the mail server accepted the message. FAILED: the server refused the message, or may have accepted it although its answer was lost, or 26 hours passed.',
});
const TemplateEnum = enumOf(MESSAGE_TEMPLATES);
registerEnumType(TemplateEnum, { name: 'MessageTemplate' });

@ObjectType('Message', {
  simpleResolvers: true,
  description: 'A mail to a buyer or a user, with the state of its delivery. Its contents are not kept. For staff.',
})
export class MessageType {
  @Field(() => ID)
  id!: string;

  @Field(() => TemplateEnum)
  template!: MessageTemplate;

  @Field(() => ID, { description: 'The order or the invitation that the message concerns.' })
  referenceId!: string;

  @Field(() => String, { nullable: true, description: 'The address of the last attempt. Null before an attempt.' })
  recipient!: string | null;

  @Field(() => MessageStateEnum)
  state!: MessageState;

  @Field(() => Int)
  attempts!: number;

  @Field(() => String, { nullable: true, description: 'The reason why the last attempt did not send the message.' })
  problem!: string | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  sentAt!: Date | null;
}

export const { ConnectionType: MessageConnection } = connectionTypes('Message', MessageType);
