export function nodeCandidates(
  packaged: string | null,
  running: { readonly version: string; readonly execPath: string },
): string[];
