import { failure, type Failure } from '@souk/kit/domain';
import { VAT_ID_PROBLEMS, type VatIdProblem } from '@souk/kit/vat';

/** Returned when a customer buys for another company. */
export type OtherCompany = Failure<'MEMBER_OF_OTHER_COMPANY'>;

/** Returned when a text is not a VAT id of an EU country. */
export type CompanyTaxIdInvalid = Failure<'TAX_ID_INVALID'>;

/** @param index the position of the customer in `customerIds` */
export function otherCompany(index: number): OtherCompany {
  const message = 'A customer buys for at most one company: remove this customer from the other company first';
  return failure('MEMBER_OF_OTHER_COMPANY', message, ['customerIds', `${index}`]);
}

export function taxIdInvalid(problem: VatIdProblem): CompanyTaxIdInvalid {
  return failure('TAX_ID_INVALID', VAT_ID_PROBLEMS[problem], ['vatId']);
}
