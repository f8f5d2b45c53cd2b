import { expect, test } from '@jest/globals';
import { isTrackingUrl, trackingUrlOf } from './tracking-url.ts';

test.each([
  ['DHL', 'JD014600', 'https://www.dhl.com/global-en/home/tracking.html?tracking-id=JD014600'],
  ['DHL Express', 'JD 1', 'https://www.dhl.com/global-en/home/tracking.html?tracking-id=JD%201'],
  ['dpd', '0123', 'https://tracking.dpd.de/status/en_US/parcel/0123'],
  ['Colissimo', 'a&b$1', 'https://www.laposte.fr/outils/suivre-vos-envois?code=a%26b%241'],
  ['Bike courier', '1', null],
  ['constructor', '1', null],
  ['DHL', null, null],
  [null, '1', null],
])('carrier %s with number %s', (carrier, number, url) => expect(trackingUrlOf(carrier, number)).toBe(url));

test.each([
  ['https://courier.example/p/1', true],
  ['http://courier.example/p/1', false],
  ['javascript:alert(1)', false],
  ['https://user:secret@courier.example/', false],
  ['courier.example/1', false],
])('the address %s may be opened: %s', (text, allowed) => expect(isTrackingUrl(text)).toBe(allowed));
