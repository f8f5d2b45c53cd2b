import { describe, expect, test } from '@jest/globals';
import { MESSAGE_TEMPLATES, outcomeOf } from './message.ts';
import { renderMessage } from './render-message.ts';

const named = { number: 'S-1', total: '19.90 EUR' };
const values = { shop: 'Lamps & Co', url: 'https://shop.test/store/orders/1#access=a&b', named };

describe('the outcome of an attempt', () => {
  test('is SENT after the server accepted the mail', () => {
    expect(outcomeOf({ kind: 'SENT' }, 1)).toEqual({ state: 'SENT' });
  });

  test('is a later attempt when the mail was certainly not sent, with growing pauses of 26 hours in all', () => {
    const pauses: number[] = [];
    for (let attempts = 1; ; attempts += 1) {
      const outcome = outcomeOf({ kind: 'NOT_SENT', problem: 'busy' }, attempts);
      if (outcome.state !== 'QUEUED') {
        expect(outcome).toEqual({ state: 'FAILED', problem: 'busy' });
        break;
      }
      pauses.push(outcome.waitSeconds);
    }
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(Math.round(pauses.reduce((sum, pause) => sum + pause, 0) / 3600)).toBe(26);
  });

  test('is FAILED at once when the mail was refused for good or may have been sent', () => {
    expect(outcomeOf({ kind: 'GIVEN_UP', problem: 'unknown user' }, 1)).toEqual({
      state: 'FAILED',
      problem: 'unknown user',
    });
  });
});

describe('a message', () => {
  test.each(['en', 'de', 'ar', 'de-CH', 'fr', ''])(
    'has text and HTML for every template in the locale %p',
    (locale) => {
      for (const template of MESSAGE_TEMPLATES) {
        const { subject, text, html } = renderMessage(template, locale, values);
        const isAboutOrder = template.startsWith('ORDER_');
        expect(subject).toContain(isAboutOrder ? 'S-1' : values.shop);
        expect(text).toContain(values.url);
        for (const part of [subject, text, html]) expect(part).not.toMatch(/[{}]/);
      }
    },
  );

  test('is in the language of the locale, in its direction', () => {
    expect(renderMessage('ORDER_PLACED', 'de-AT', values).html).toContain('<html lang="de" dir="ltr">');
    expect(renderMessage('ORDER_PLACED', 'ar', values).html).toContain('<html lang="ar" dir="rtl">');
    expect(renderMessage('ORDER_PLACED', 'fr', values).html).toContain('<html lang="en" dir="ltr">');
  });

  test('escapes every value in its HTML, and no value adds a header', () => {
    const hostile = { shop: '<b>\r\nBcc: x@y.test', url: 'https://x.test/"><script>', named };
    const { subject, html } = renderMessage('ORDER_PLACED', 'en', hostile);
    expect(html).not.toMatch(/<b>|<script>/);
    expect(html).toContain('&lt;b&gt;');
    expect(subject).not.toMatch(/[\r\n]/);
  });

  test('with a missing value is refused', () => {
    expect(() => renderMessage('ORDER_PLACED', 'en', { ...values, named: {} })).toThrow('needs the value "total"');
  });
});
