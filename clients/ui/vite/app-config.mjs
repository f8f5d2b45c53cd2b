import tailwind from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';

/** The gateway that `npm run dev` starts, for Vite's own development server. */
const GATEWAY = 'http://127.0.0.1:4000';

export function appConfig(path) {
  return {
    base: path,
    plugins: [react(), tailwind()],
    resolve: { conditions: ['souk-source', 'module', 'browser', 'development|production'] },
    // The gateway's content security policy allows no inline script, and no font in a data URL.
    build: { assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false },
    server: { proxy: { '/graphql': { target: GATEWAY, ws: true }, '/media': GATEWAY } },
  };
}
