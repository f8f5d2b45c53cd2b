import { expect, test } from '@jest/globals';
import { refusePassword } from './password-policy.ts';

test.each(['password1234', 'PASSWORD123', 'qwertyuiop', 'someone.else@shop.test', 'Someone.Else'])(
  '%p is refused',
  (password) => {
    expect(refusePassword(password, 'someone.else@shop.test')).toMatchObject({
      code: 'PASSWORD_COMMON',
      field: ['password'],
    });
  },
);

test('a password is accepted whatever kinds of characters it has', () => {
  expect(refusePassword('four slow herons wade', 'a@shop.test')).toBeNull();
  expect(refusePassword('пять медленных цапель', 'a@shop.test')).toBeNull();
});
