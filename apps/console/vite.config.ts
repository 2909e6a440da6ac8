import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  base: './',
  // Workspace packages are taken from their sources, so that the bundler sees ES modules and leaves out what is unused.
  resolve: { conditions: ['source', ...defaultClientConditions] },
  build: { target: 'es2022', chunkSizeWarningLimit: 900, manifest: true },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
