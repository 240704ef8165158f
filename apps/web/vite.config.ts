import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { firstLoadBudget } from './build-tools/first-load-budget.ts'

/** In development the Worker answers these paths; Vite stands in front of it. */
const worker = process.env['FOYER_WORKER_URL'] ?? 'http://localhost:8787'

export default defineConfig({
  plugins: [
    tailwindcss(),
    firstLoadBudget(),
    sveltekit({
      adapter: adapter({ fallback: 'index.html' }),
      // The service worker tells of new versions; asking the server for them as well would be a request too many.
      version: { pollInterval: 0 },
      csp: {
        mode: 'hash',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:', 'blob:'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['none'],
          'form-action': ['self']
        }
      }
    })
  ],
  resolve: {
    alias: { 'lib0/logging': fileURLToPath(new URL('build-tools/plain-logging.ts', import.meta.url)) }
  },
  server: {
    proxy: { '/api': worker, '/media': worker, '/sync': { target: worker, ws: true } }
  }
})
