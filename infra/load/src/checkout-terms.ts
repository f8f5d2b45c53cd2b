import type { GraphqlClient } from './graphql-client.ts';

const ZONES = `query Zones {
  taxZones(first: 200) { nodes { id countryCode } }
}`;
const ZONE_DELETE = `mutation ZoneDelete($input: TaxZoneDeleteInput!) {
  taxZoneDelete(input: $input) { userErrors { code message field } }
}`;
const ZONE_CREATE = `mutation ZoneCreate($input: TaxZoneCreateInput!) {
  taxZoneCreate(input: $input) { taxZone { id } userErrors { code message field } }
}`;
const PROMOTION_CREATE = `mutation PromotionCreate($input: PromotionCreateInput!) {
  promotionCreate(input: $input) { promotion { id } userErrors { code message field } }
}`;
const PROMOTION_UPDATE = `mutation PromotionUpdate($input: PromotionUpdateInput!) {
  promotionUpdate(input: $input) { userErrors { code message field } }
}`;
const RATES = [{ categoryCode: 'standard', name: 'VAT', percent: '19' }];

/** The country to which the scenarios send their orders. */
const COUNTRY = 'DE';

interface Zones {
  readonly taxZones: { readonly nodes: readonly { readonly id: string; readonly countryCode: string }[] };
}

/**
 * Adds a promotion that applies to every cart without a code.
 * @param staff a client with the token of the owner
 * @returns a function that makes carts have the promotion and a tax of 19 %, or neither
 */
export async function addTerms(staff: GraphqlClient): Promise<(isOn: boolean) => Promise<void>> {
  const input = { name: 'Bench', active: false, action: { type: 'PERCENTAGE', percent: '5' } };
  const { promotionCreate } = await staff.run<{ promotionCreate: { promotion: { id: string } } }>(PROMOTION_CREATE, {
    input,
  });
  const { id } = promotionCreate.promotion;
  return async (isOn) => {
    await staff.send(PROMOTION_UPDATE, { input: { id, active: isOn } });
    const { taxZones } = await staff.run<Zones>(ZONES, {});
    for (const zone of taxZones.nodes.filter(({ countryCode }) => countryCode === COUNTRY))
      await staff.send(ZONE_DELETE, { input: { id: zone.id } });
    if (isOn) await staff.send(ZONE_CREATE, { input: { name: 'Germany', countryCode: COUNTRY, rates: RATES } });
  };
}
