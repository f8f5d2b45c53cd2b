/** The note of a refund at a provider without idempotency keys. A repeated step finds its refund by the note. */
export function noteOfStep(stepId: string): string {
  return `Souk ${stepId}`;
}

/** The id of the step in the note of a refund. Null when Souk did not make the refund. */
export function stepOfNote(note: string): string | null {
  return /Souk ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/.exec(note)?.[1] ?? null;
}
