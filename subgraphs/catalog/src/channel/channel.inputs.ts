import { IdempotentInput, LineField, OmittableField, TextField } from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { ChangeInputType } from '../catalog.inputs.ts';

const CODE = { max: 100, description: 'Small letters, digits, single dashes and underscores.' };

@InputType('ChannelCreateInput')
export class ChannelCreateInput extends IdempotentInput {
  @TextField(CODE)
  code!: string;

  @LineField()
  name!: string;

  @Field(() => Boolean, { nullable: true, description: 'Default: true.' })
  active?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Default: true for the first channel of the shop, otherwise false.',
  })
  isDefault?: boolean | null;
}

@InputType('ChannelUpdateInput', { description: 'Omitted fields keep their value.' })
export class ChannelUpdateInput extends ChangeInputType {
  @TextField({ ...CODE, omittable: true })
  code?: string;

  @LineField({ omittable: true })
  name?: string;

  @OmittableField(() => Boolean)
  active?: boolean;

  @OmittableField(() => Boolean, {
    description: 'True makes this channel the default instead of the present one. False is refused for the default.',
  })
  isDefault?: boolean;
}

@InputType('ChannelDeleteInput')
export class ChannelDeleteInput extends ChangeInputType {}
