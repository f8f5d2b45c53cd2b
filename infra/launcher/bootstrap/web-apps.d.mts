export function webAppFolders(root: string): string[];
export function outdatedWebApps(root: string): string[];
export function webAppStamp(root: string, folder: string): string;
/** @throws StartFailure with the last lines of Vite's output */
export function buildWebApp(root: string, folder: string): Promise<void>;
