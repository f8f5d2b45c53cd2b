/**
 * The tracking pages of carriers. The key is the carrier's name in lower case without spaces and punctuation. `{number}` is replaced by the
 * tracking number. Carriers whose page also requires a postal code are omitted.
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

/** The URL of the tracking page of a parcel. Null when the carrier or the number is missing or the carrier is unknown. */
export function trackingUrlOf(carrier: string | null, trackingNumber: string | null): string | null {
  if (carrier === null || trackingNumber === null) return null;
  const name = carrier.toLowerCase().replace(/[^a-z]/g, '');
  const page = PAGES[NAMES[name] ?? name];
  return page === undefined ? null : page.replace('{number}', () => encodeURIComponent(trackingNumber.trim()));
}

/** Whether a text is a URL that is safe to show to buyers: https, without a user name or password. */
export function isTrackingUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === 'https:' && username === '' && password === '';
}
