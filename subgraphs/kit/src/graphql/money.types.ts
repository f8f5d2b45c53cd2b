import { Directive, Field, ObjectType } from 'type-graphql';
import { decimalAmount, type Money } from '../domain/index.ts';
import { CurrencyCodeScalar, DecimalScalar } from './scalars.ts';

@Directive('@shareable')
@Directive('@cost(weight: 0)') // an amount costs no extra fetch: its owner's row holds it
@Directive('@cacheControl(inheritMaxAge: true)')
@ObjectType('Money', {
  simpleResolvers: true,
  description: 'An amount of money. Never a float: the amount is a decimal string.',
})
export class MoneyType {
  @Field(() => DecimalScalar, { description: 'With all decimal places of the currency, "19.90".' })
  amount!: string;

  @Field(() => CurrencyCodeScalar)
  currencyCode!: string;
}

export function presentMoney(money: Money): MoneyType {
  return { amount: decimalAmount(money), currencyCode: money.currency };
}
