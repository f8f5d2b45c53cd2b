import { Directive, Field, ID, Int, InterfaceType } from 'type-graphql';
import type { Scope } from '../context/index.ts';
import { DateTimeScalar } from './scalars.ts';

/**
 * The creation and the last change of an object, with the users who made them. Every aggregate that staff edit implements this interface.
 */
@InterfaceType('Audited', {
  description: 'Creation and last change of an object, with the users who made them (null: a shopper or the platform).',
})
export abstract class AuditedType {
  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => ID, { nullable: true })
  createdBy!: string | null;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;

  @Field(() => ID, { nullable: true })
  updatedBy!: string | null;

  @Field(() => Int, { description: 'Increases with every change. Mutations compare their `expectedVersion` with it.' })
  version!: number;
}

/** Marks a field that only callers with the scope may read. The gateway enforces the scope. The field must be nullable. */
export function ForScope({ name }: Scope): PropertyDecorator & MethodDecorator {
  return Directive(`@requiresScopes(scopes: [["${name}"]])`);
}

/** Marks an object type that extends `AuditedType`. Only callers with the scope may read who created and changed the object. */
export function AuditedFor(scope: Scope): ClassDecorator {
  return ({ prototype }) => {
    for (const field of ['createdBy', 'updatedBy']) {
      Field(() => ID, { nullable: true })(prototype as object, field);
      ForScope(scope)(prototype as object, field);
    }
  };
}
