import { generateSecret, generateURI, verifySync } from 'otplib';

/** Codes change every 30 seconds (RFC 6238 section 4.1, the default time step). */
const PERIOD_SECONDS = 30;
const TOTP_CODE = /^\d{6}$/;

/** A random secret of 160 bits, in base32. RFC 4226 section 4 recommends this length. */
export function newTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** The `otpauth` URI that authenticator apps read from a QR code. */
export function totpUri({ secret, email, shop }: { secret: string; email: string; shop: string }): string {
  return generateURI({ secret, label: email, issuer: shop, period: PERIOD_SECONDS });
}

/** Whether a text has the form of a code of an authenticator app. Recovery codes have another form. Spaces do not count: `721 109`. */
export function isTotpCode(code: string): boolean {
  return TOTP_CODE.test(withoutSpaces(code));
}

function withoutSpaces(code: string): string {
  return code.replace(/\s/g, '');
}

/**
 * Checks a code of six digits. A code is also accepted in the time step before and after its own, because clocks differ (RFC 6238 section
 * 5.2).
 * @param lastStep the time step of the latest accepted code. Codes of this step and of earlier steps are refused. Null before the first code
 * @returns the time step of the code, or null when the code is wrong
 */
export function totpStep(
  code: string,
  { secret, lastStep, now }: { readonly secret: string; readonly lastStep: number | null; readonly now: Date },
): number | null {
  if (!isTotpCode(code)) return null;
  const result = verifySync({
    secret,
    token: withoutSpaces(code),
    period: PERIOD_SECONDS,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: PERIOD_SECONDS, // otplib counts the tolerance in seconds
    ...(lastStep !== null && { afterTimeStep: lastStep }),
  });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
