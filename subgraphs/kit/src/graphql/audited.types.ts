import { Field, ID, Int, InterfaceType } from 'type-graphql';
import { DateTimeScalar } from './scalars.ts';

/** When a thing was made and changed, and by whom. Implemented by every aggregate that staff edit. */
@InterfaceType('Audited', {
  description: 'When a thing was made and changed, and by whom (null: a shopper or the platform).',
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

  @Field(() => Int, { description: 'Grows with every change; `expectedVersion` of a mutation is compared with it.' })
  version!: number;
}
