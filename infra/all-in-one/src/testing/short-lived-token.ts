import { sign } from 'node:crypto';

/** Returns a copy of the access token that expires in `seconds`. @param signingKeyPem the key of the installation that issued the token */
export function shortLivedToken(token: string, signingKeyPem: string, seconds: number): string {
  const [header = '', payload = ''] = token.split('.');
  const claims: object = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const exp = Math.floor(Date.now() / 1000) + seconds;
  const signed = `${header}.${Buffer.from(JSON.stringify({ ...claims, exp })).toString('base64url')}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), signingKeyPem).toString('base64url')}`;
}
