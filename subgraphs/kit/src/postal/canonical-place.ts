/** A postal code in capitals, without spaces and hyphens, for comparison with shipping zones. */
export function canonicalPostalCode(postalCode: string): string {
  return postalCode.replace(/[\s-]/g, '').toUpperCase();
}

/** A region in capitals, for comparison with shipping zones. */
export function canonicalRegion(region: string): string {
  return region.trim().toUpperCase();
}
