import { expect, test } from '@jest/globals';
import { Vigil } from './vigil.ts';

function watched() {
  let nowMs = 0;
  const vigil = new Vigil(2, () => nowMs);
  const request = () => {
    const answer = Promise.withResolvers<string>();
    const answered = vigil.over(0, () => answer.promise);
    return { ...answer, answered };
  };
  return { vigil, request, at: (ms: number) => void (nowMs = ms) };
}

test('who owes an answer for more than a second, and gives none, is silent until it does', async () => {
  const { vigil, request, at } = watched();
  at(5000);
  const first = request();
  at(6000);
  expect(vigil.isSilent(0)).toBe(false);
  at(6001);
  expect([vigil.isSilent(0), vigil.isSilent(1)]).toEqual([true, false]);
  first.resolve('late');
  await first.answered;
  expect(vigil.isSilent(0)).toBe(false);
});

test('who answers others is not silent, however long one takes; a failure is a sign too', async () => {
  const { vigil, request, at } = watched();
  const slow = request();
  const [quick, failing] = [request(), request()];
  at(900);
  quick.resolve('quick');
  await quick.answered;
  at(1800);
  expect(vigil.isSilent(0)).toBe(false);
  failing.reject(new Error('reset'));
  await expect(failing.answered).rejects.toThrow('reset');
  at(2700);
  expect(vigil.isSilent(0)).toBe(false);
  slow.resolve('slow');
  expect(await slow.answered).toBe('slow');
});
