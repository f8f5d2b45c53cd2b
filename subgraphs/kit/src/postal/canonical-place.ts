/** A postal code in capitals, without spaces and hyphens, as zones compare it. */
export function canonicalPostalCode(postalCode: string): string {
  return postalCode.replace(/[\s-]/g, '').toUpperCase();
}

/** A region in capitals, as zones compare it. */
export function canonicalRegion(region: string): string {
  return region.trim().toUpperCase();
}
