import { existsSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

/** Both shells, the command line and the workers come out of one build: they share chunks, and nothing is written twice. */
const mainEntries = {
  main: 'electron/main.ts',
  serve: 'electron/serve.ts',
  cli: 'electron/cli.ts',
  'devices-face-worker': 'electron/devices/face-engine/worker.ts',
  'devices-card-worker': 'electron/devices/card-camera/worker.ts',
  'draw-worker': 'electron/features/assignment/draw/worker.ts',
};

const existing = (entries: Record<string, string>) =>
  Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(path)));

export default defineConfig({
  main: {
    build: {
      rollupOptions: {
        input: existing(mainEntries),
        // Only the reference centre's live part loads it, where it is installed; it starts a program of its own package.
        external: ['mediasoup'],
        // Flat: `new URL('./devices-face-worker.js', import.meta.url)` must hold from every chunk.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { preload: 'electron/preload.ts' },
        // A sandboxed preload is loaded by `require`.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'renderer',
    html: { cspNonce: 'CSP_NONCE' },
    worker: { format: 'es' },
    plugins: [
      react(),
      // electron-vite sets './' for file:// pages; ours come from the station's server, under paths of any depth.
      { name: 'kaodian:absolute-base', config: () => ({ base: '/' }) },
    ],
    build: {
      minify: true,
      // Files come from the station itself or over the site's own network: size costs little, a second request more.
      chunkSizeWarningLimit: 1_500,
      target: 'chrome120',
      // Inlined fonts and images would need data: in the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The second page is the wall of the reference centre; it shares parts and colours with the desks.
      rollupOptions: { input: { index: 'renderer/index.html', 'live-wall': 'renderer/live-wall.html' } },
    },
  },
});
