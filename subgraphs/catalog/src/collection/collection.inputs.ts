import { IdListField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';
import { ChangeInputType, ListingCreateInput, ListingUpdateInput } from '../catalog.inputs.ts';

@InputType('CollectionCreateInput')
export class CollectionCreateInput extends ListingCreateInput {}

@InputType('CollectionUpdateInput', { description: 'Omitted fields keep their value.' })
export class CollectionUpdateInput extends ListingUpdateInput {}

@InputType('CollectionDeleteInput')
export class CollectionDeleteInput extends ChangeInputType {}

@InputType('CollectionProductsAddInput')
export class CollectionProductsAddInput extends ChangeInputType {
  @IdListField({ max: 500 })
  productIds!: string[];
}

@InputType('CollectionProductsRemoveInput')
export class CollectionProductsRemoveInput extends ChangeInputType {
  @IdListField({ max: 500 })
  productIds!: string[];
}
