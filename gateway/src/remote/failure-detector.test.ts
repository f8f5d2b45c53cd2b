import { expect, test } from '@jest/globals';
import { FailureDetector } from './failure-detector.ts';

function watched() {
  let nowMs = 0;
  const detector = new FailureDetector(2, () => nowMs);
  const request = () => {
    const answer = Promise.withResolvers<string>();
    const answered = detector.over(0, () => answer.promise);
    return { ...answer, answered };
  };
  return { detector, request, at: (ms: number) => void (nowMs = ms) };
}

test('a process that owes an answer for more than a second is silent until it answers', async () => {
  const { detector, request, at } = watched();
  at(5000);
  const first = request();
  at(6000);
  expect(detector.isSilent(0)).toBe(false);
  at(6001);
  expect([detector.isSilent(0), detector.isSilent(1)]).toEqual([true, false]);
  first.resolve('late');
  await first.answered;
  expect(detector.isSilent(0)).toBe(false);
});

test('a process that answers other requests is not silent, however long one request takes; a failure counts as an answer', async () => {
  const { detector, request, at } = watched();
  const slow = request();
  const [quick, failing] = [request(), request()];
  at(900);
  quick.resolve('quick');
  await quick.answered;
  at(1800);
  expect(detector.isSilent(0)).toBe(false);
  failing.reject(new Error('reset'));
  await expect(failing.answered).rejects.toThrow('reset');
  at(2700);
  expect(detector.isSilent(0)).toBe(false);
  slow.resolve('slow');
  expect(await slow.answered).toBe('slow');
});
