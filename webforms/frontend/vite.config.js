// Builds the two bundles into the folder that Flask serves; templates find the hashed files through manifest.json.
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

const here = import.meta.dirname;

export default defineConfig({
  root: here,
  base: '/static/dist/',
  publicDir: false,
  css: { preprocessorOptions: { scss: { loadPaths: [resolve(here, 'node_modules')], quietDeps: true } } },
  build: {
    outDir: resolve(here, '../static/dist'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    license: { fileName: 'LICENSES.md' },
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      // The drawing surface is a module of its own: whatever keeps diagrams through it is held to that by tests and benches.
      preserveEntrySignatures: 'exports-only',
      input: { pages: resolve(here, 'pages/pages.js'), viewer: resolve(here, 'viewer/viewer.js'), charts: resolve(here, 'charts/charts.js'), studio: resolve(here, 'studio/studio.js'), canvas: resolve(here, 'studio/canvas.js'), tables: resolve(here, 'studio/tables/tables.js'), changes: resolve(here, 'studio/changes/changes.js'), tokens: resolve(here, 'studio/trying/tokens.js') },
    },
  },
});
