import { IdempotentInput, LineField, TextField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';
import { ChangeInputType } from '../catalog.inputs.ts';

@InputType('BrandCreateInput')
export class BrandCreateInput extends IdempotentInput {
  @LineField()
  name!: string;

  @TextField({
    nullable: true,
    description:
      'Small letters, digits, single dashes. Default: derived from the name, with a number when that slug is taken.',
  })
  slug?: string | null;
}

@InputType('BrandUpdateInput', { description: 'Omitted fields keep their value.' })
export class BrandUpdateInput extends ChangeInputType {
  @LineField({ omittable: true })
  name?: string;

  @TextField({ omittable: true })
  slug?: string;
}

@InputType('BrandDeleteInput')
export class BrandDeleteInput extends ChangeInputType {}
