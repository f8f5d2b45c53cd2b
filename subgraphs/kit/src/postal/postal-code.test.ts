import { expect, test } from '@jest/globals';
import { postalCodeProblem } from './postal-code.ts';

const codes = (text: string) => text.split(' ').map((each) => each.split(':') as [string, string]);

test.each(['HK', 'AE', 'QA', 'AO', 'JM', 'ZW'])(
  '%s has no postal codes: an address is valid without one',
  (country) => {
    expect(postalCodeProblem(country, null)).toBeNull();
    expect(postalCodeProblem(country, ' ')).toBeNull();
    expect(postalCodeProblem(country, '00000')).toBeNull();
    expect(postalCodeProblem(country, '!!')).toBe('INVALID');
  },
);

test.each(['DE', 'AR', 'XK', 'GB', 'JP'])('an address in %s needs a postal code', (country) => {
  expect(postalCodeProblem(country, null)).toBe('MISSING');
  expect(postalCodeProblem(country, '')).toBe('MISSING');
  expect(postalCodeProblem(country, '!!')).toBe('INVALID');
});

test.each(
  codes(
    'DE:10115 XK:10000 AR:C1425ABC AR:c1425abc AR:1425 AR:C1425 GB:SW1A\u00a01AA GB:sw1a1aa IE:D02X285 NL:1234AB CA:K1A0B1 US:12345-6789 JP:1000001 JP:100-0001 JP:１００-０００１ IN:110001 BR:01310-100 PL:00-001 NI:11001 MD:MD-2001 MD:2001 AZ:AZ1000 HT:HT6110 SO:JH09010 CH:8001 AT:1010 SE:11455',
  ),
)('%s takes %s', (country, code) => expect(postalCodeProblem(country, code)).toBeNull());

test.each(
  codes(
    'DE:1011 DE:D-10115x DE:ABCDE AR:12 AR:I1425ABC US:1234 GB:12345 NL:123AB XK:99 CA:123456 JP:100 IN:1 NI:1 CH:80011 FR:!!',
  ),
)('%s does not take %s', (country, code) => expect(postalCodeProblem(country, code)).toBe('INVALID'));
