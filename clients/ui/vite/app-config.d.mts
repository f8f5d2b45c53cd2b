import type { UserConfig } from 'vite';

/**
 * Vite's configuration of a web app.
 * @param path the URL path that serves the app, with a slash at both ends
 */
export function appConfig(path: string): UserConfig;
