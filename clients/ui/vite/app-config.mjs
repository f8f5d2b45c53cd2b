import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';

/** The gateway that `npm run dev` starts. Vite's development server forwards API requests to it. */
const GATEWAY = 'http://127.0.0.1:4000';

export function appConfig(path) {
  return {
    base: path,
    plugins: [react(), tailwind()],
    resolve: { conditions: ['souk-source', 'module', 'browser', 'development|production'] },
    // The gateway's content security policy forbids inline scripts and fonts in data URLs.
    build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
    server: { proxy: { '/graphql': { target: GATEWAY, ws: true }, '/media': GATEWAY } },
  };
}
