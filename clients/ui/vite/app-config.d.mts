import type { UserConfig } from 'vite';

/**
 * Returns the Vite configuration of a web app.
 * @param path URL path of the app, with a slash at both ends
 */
export function appConfig(path: string): UserConfig;
