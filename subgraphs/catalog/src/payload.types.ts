import type { PresentedUserError } from '@souk/kit/graphql';
import { Field, ID, ObjectType, type ClassType } from 'type-graphql';
import { errors } from './user-errors.ts';

/** Creates the payload type of a mutation that returns its created or changed entity. The entity is null when the mutation was refused. */
export function entityPayload<Entity extends object>(name: string, field: string, entity: ClassType<Entity>) {
  @ObjectType(`${name}Payload`, { simpleResolvers: true })
  class Payload {
    @Field(() => [errors.UserError], { description: 'The reasons for the refusal. Empty when the mutation succeeded.' })
    userErrors!: readonly PresentedUserError[];
  }
  Field(() => entity, { nullable: true })(Payload.prototype, field);
  return Payload;
}

/** Creates the payload type of a mutation that deletes an entity. */
export function deletePayload(name: string) {
  @ObjectType(`${name}Payload`, { simpleResolvers: true })
  class Payload {
    @Field(() => ID, { nullable: true, description: 'Id of the deleted object. Null when the deletion was refused.' })
    deletedId!: string | null;

    @Field(() => [errors.UserError], { description: 'The reasons for the refusal. Empty when the mutation succeeded.' })
    userErrors!: readonly PresentedUserError[];
  }
  return Payload;
}
