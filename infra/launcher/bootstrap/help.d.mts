export function helpOf(name: string | undefined): string | null;
export function asksForHelp(args: readonly string[]): boolean;
