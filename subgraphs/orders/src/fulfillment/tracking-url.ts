/**
 * The pages on which carriers show where a parcel is, by the carrier's name in small letters without spaces and punctuation. `{number}` is
 * replaced by the tracking number. Carriers whose pages also ask for a postal code are left out.
 */
const PAGES: Readonly<Record<string, string>> = {
  dhl: 'https://www.dhl.com/global-en/home/tracking.html?tracking-id={number}',
  dpd: 'https://tracking.dpd.de/status/en_US/parcel/{number}',
  ups: 'https://www.ups.com/track?tracknum={number}',
  fedex: 'https://www.fedex.com/fedextrack/?trknbr={number}',
  gls: 'https://gls-group.com/GROUP/en/parcel-tracking?match={number}',
  usps: 'https://tools.usps.com/go/TrackConfirmAction?tLabels={number}',
  laposte: 'https://www.laposte.fr/outils/suivre-vos-envois?code={number}',
};
const NAMES: Readonly<Record<string, string>> = {
  colissimo: 'laposte',
  dhlexpress: 'dhl',
  dhlpaket: 'dhl',
  dpdgroup: 'dpd',
};

/** The address of the page that tracks a parcel. Null for an unknown carrier, and without a carrier or a number. */
export function trackingUrlOf(carrier: string | null, trackingNumber: string | null): string | null {
  if (carrier === null || trackingNumber === null) return null;
  const name = carrier.toLowerCase().replace(/[^a-z]/g, '');
  const page = PAGES[NAMES[name] ?? name];
  return page === undefined ? null : page.replace('{number}', () => encodeURIComponent(trackingNumber.trim()));
}

/** Whether a text is an address that a buyer may open: https, without a login. */
export function isTrackingUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}
