import { DecimalScalar, MoneyType, enumOf } from '@souk/kit/graphql';
import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { TAX_TREATMENTS, type TaxTreatment } from './tax.ts';

const TaxTreatmentEnum = enumOf(TAX_TREATMENTS);
registerEnumType(TaxTreatmentEnum, {
  name: 'TaxTreatment',
  description:
    'The reason for a rate. REVERSE_CHARGE: 0 %, because the buyer, a company in another EU country, accounts for the tax.',
});

@ObjectType('TaxedMoney', { simpleResolvers: true, description: 'An amount with its tax: `net` + `tax` = `gross`.' })
export class TaxedMoneyType {
  @Field(() => MoneyType)
  net!: MoneyType;

  @Field(() => MoneyType)
  tax!: MoneyType;

  @Field(() => MoneyType)
  gross!: MoneyType;
}

@ObjectType('TaxLine', { simpleResolvers: true, description: 'The tax of one rate.' })
export class TaxLineType {
  @Field(() => String, { description: 'Name of the rate, "VAT". Empty for zero-rated and exempt goods.' })
  name!: string;

  @Field(() => DecimalScalar, { description: 'In percent, "19.00".' })
  percent!: string;

  @Field(() => String, { description: 'Code of the tax category.' })
  categoryCode!: string;

  @Field(() => String)
  zoneName!: string;

  @Field(() => TaxTreatmentEnum)
  treatment!: TaxTreatment;

  @Field(() => MoneyType, { description: 'The net amount that is taxed.' })
  base!: MoneyType;

  @Field(() => MoneyType)
  amount!: MoneyType;
}
