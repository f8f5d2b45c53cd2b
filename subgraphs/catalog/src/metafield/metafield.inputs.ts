import { NestedListField, TextField } from '@souk/kit/graphql';
import { Field, InputType } from 'type-graphql';
import { ChangeInputType } from '../catalog.inputs.ts';
import type { MetafieldType, MetafieldVisibility } from './metafield.ts';
import { MetafieldTypeEnum, MetafieldVisibilityEnum } from './metafield.types.ts';

const NAME = 'Small letters, digits, single dashes and underscores.';

@InputType('MetafieldInput')
export class MetafieldInput {
  @TextField({ max: 50, description: NAME })
  namespace!: string;

  @TextField({ max: 50, description: NAME })
  key!: string;

  @Field(() => MetafieldTypeEnum, { nullable: true, description: 'Default: TEXT.' })
  type?: MetafieldType | null;

  @TextField({ nullable: true, min: 0, max: 10_000, description: 'Required. Null deletes the metafield.' })
  value?: string | null;

  @Field(() => MetafieldVisibilityEnum, {
    nullable: true,
    description: 'Default: STAFF. APP needs an API key. APP metafields are apart from those of the shop.',
  })
  visibility?: MetafieldVisibility | null;
}

@InputType('ProductMetafieldsSetInput', {
  description: 'Sets and deletes metafields. Metafields that are not given stay.',
})
export class ProductMetafieldsSetInput extends ChangeInputType {
  @NestedListField(() => MetafieldInput, { max: 50 })
  metafields!: MetafieldInput[];
}
