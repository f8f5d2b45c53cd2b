import { expect, test } from '@jest/globals';
import { describePostgres, filesOf, hostUrls, postgresUrlProblem, withLogin } from './postgres-url.ts';

const THREE = 'postgres://a:5432,b:5433,c/souk?sslmode=verify-full&target_session_attrs=read-write&sslrootcert=/ca.pem';

test('each of several hosts gets its own connection string', () => {
  expect(hostUrls(THREE)).toEqual([
    'postgres://a:5432/souk?sslmode=verify-full&sslrootcert=/ca.pem',
    'postgres://b:5433/souk?sslmode=verify-full&sslrootcert=/ca.pem',
    'postgres://c/souk?sslmode=verify-full&sslrootcert=/ca.pem',
  ]);
  expect(hostUrls('postgresql://u:p@one/souk?target_session_attrs=primary')).toEqual(['postgresql://u:p@one/souk']);
});

test('a role logs in at every host with its own password', () => {
  expect(withLogin('postgres://admin:old@a:1,b:2/souk?sslmode=disable', 'orders_app', 'p@ss/,?')).toBe(
    'postgres://orders_app:p%40ss%2F%2C%3F@a:1,b:2/souk?sslmode=disable',
  );
  expect(hostUrls(withLogin(THREE, 'orders_app', 'a,b@c'))[1]).toBe(
    'postgres://orders_app:a%2Cb%40c@b:5433/souk?sslmode=verify-full&sslrootcert=/ca.pem',
  );
});

test('a message names the role and the place, and no password', () => {
  expect(describePostgres('postgres://admin:secret@a:1,b:2/souk?sslmode=disable')).toEqual({
    role: 'admin',
    place: 'a:1,b:2/souk',
  });
});

test('the files of a connection string are its certificates and keys', () => {
  expect(filesOf(`${THREE}&sslcert=/own.pem&sslkey=/own.key`)).toEqual(['/ca.pem', '/own.pem', '/own.key']);
});

test.each([
  ['postgres://h/souk', null],
  ['postgresql://h:5432/souk?sslmode=disable', null],
  [THREE, null],
  ['postgres://[::1]:5432,h/souk', null],
  ['postgres://us%20er:p%25w@h/souk', null],
  ['postgres://us%er@h/souk', 'must have "%" only in front of two hexadecimal digits'],
  ['postgres://user:50%@h/souk', 'must have "%" only in front of two hexadecimal digits'],
  ['postgres://h/sou%k', 'must have "%" only in front of two hexadecimal digits'],
  ['mysql://h/souk', 'must look like'],
  ['postgres://h:port/souk', 'must look like'],
  ['postgres://h,/souk', 'must look like'],
  ['postgres://h/souk?sslmode=require', 'sslmode=verify-full'],
  ['postgres://h/souk?sslmode=no-verify', 'sslmode=verify-full'],
  ['postgres://h/souk?sslrootcert=/ca.pem', 'must have sslmode=verify-full beside'],
  ['postgres://h,10.0.0.1:5432/souk?sslmode=verify-full', 'not by IP addresses'],
  ['postgres://[::1]/souk?sslmode=verify-full', 'not by IP addresses'],
  ['postgres://h/souk?ssl=true', 'must not have the parameter ssl'],
  ['postgres://h/souk?host=elsewhere', 'must not have the parameter host'],
  ['postgres://a,b/souk?target_session_attrs=any', 'target_session_attrs=read-write'],
])('%s: %s', (url, problem) => {
  if (problem === null) expect(postgresUrlProblem(url)).toBeNull();
  else expect(postgresUrlProblem(url)).toContain(problem);
});
