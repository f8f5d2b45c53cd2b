import { IdField } from '@souk/kit/graphql';
import { InputType } from 'type-graphql';
import { ChangeInputType, ListingCreateInput, ListingUpdateInput } from '../catalog.inputs.ts';

@InputType('CategoryCreateInput')
export class CategoryCreateInput extends ListingCreateInput {
  @IdField({ nullable: true, description: 'Default: no parent, a root.' })
  parentId?: string | null;
}

@InputType('CategoryUpdateInput', { description: 'Omitted fields keep their value.' })
export class CategoryUpdateInput extends ListingUpdateInput {
  @IdField({ nullable: true, description: 'Null makes the category a root.' })
  parentId?: string | null;
}

@InputType('CategoryDeleteInput')
export class CategoryDeleteInput extends ChangeInputType {}
