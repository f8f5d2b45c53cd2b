import { enumOf } from '@souk/kit/graphql';
import { Directive, Field, ObjectType, registerEnumType } from 'type-graphql';
import { METAFIELD_TYPES, METAFIELD_VISIBILITIES } from './metafield.ts';

export const MetafieldTypeEnum = enumOf(METAFIELD_TYPES);
registerEnumType(MetafieldTypeEnum, { name: 'MetafieldType', description: 'JSON: the value is valid JSON.' });
export const MetafieldVisibilityEnum = enumOf(METAFIELD_VISIBILITIES);
registerEnumType(MetafieldVisibilityEnum, {
  name: 'MetafieldVisibility',
  description:
    'Who reads a metafield. PUBLIC: all. STAFF: callers with catalog:write. APP: only the API key that set the metafield.',
});

@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('Metafield', {
  simpleResolvers: true,
  description: 'A value of the shop or of a program for which the product has no field.',
})
export class MetafieldType {
  @Field(() => String, { description: 'Groups the metafields of one purpose: "erp".' })
  namespace!: string;

  @Field(() => String, { description: 'Unique in its namespace.' })
  key!: string;

  @Field(() => MetafieldTypeEnum)
  type!: string;

  @Field(() => String, { description: 'A text, or JSON as text.' })
  value!: string;

  @Field(() => MetafieldVisibilityEnum)
  visibility!: string;
}
