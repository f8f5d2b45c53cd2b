export function packageFolders(root: string): string[];
export function sourceFiles(root: string, folder: string): string[];
export function sourcesStamp(root: string): string;
export function builtStamp(root: string): string | null;
export function stampFile(root: string): string;
