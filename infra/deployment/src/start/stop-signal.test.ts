import { expect, test } from '@jest/globals';
import { StartInterrupted, StopSignal } from './stop-signal.ts';

function pressable() {
  const clock = { now: 0, forced: 0 };
  const stop = new StopSignal({ now: () => clock.now, onForce: () => (clock.forced += 1) });
  return { clock, stop };
}

test('the first Ctrl-C requests a stop, however many processes forward it', async () => {
  const { clock, stop } = pressable();
  stop.press();
  clock.now = 300;
  stop.press();
  await stop.asked;
  expect(clock.forced).toBe(0);
});

test('a second Ctrl-C forces the stop', () => {
  const { clock, stop } = pressable();
  stop.press();
  clock.now = 3_000;
  stop.press();
  expect(clock.forced).toBe(1);
});

test('an error while stopping does not force the stop', () => {
  const { clock, stop } = pressable();
  stop.press();
  clock.now = 3_000;
  stop.ask();
  expect(clock.forced).toBe(0);
});

test('a start continues until a stop is requested', () => {
  const { stop } = pressable();
  expect(() => stop.throwIfAsked()).not.toThrow();
  stop.ask();
  expect(() => stop.throwIfAsked()).toThrow(StartInterrupted);
});
