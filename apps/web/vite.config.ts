import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { firstLoadBudget } from './build-tools/first-load-budget.ts'
import { preloadHome } from './build-tools/preload-home.ts'
import { stubModules } from './build-tools/stub-modules.ts'

/** In development, Vite proxies these paths to the Worker. */
const worker = process.env['FOYER_WORKER_URL'] ?? 'http://localhost:8787'

let firstLoad: string[] = []

export default defineConfig({
  plugins: [
    tailwindcss(),
    stubModules(),
    firstLoadBudget(files => {
      firstLoad = files
    }),
    sveltekit({
      adapter: preloadHome(adapter({ fallback: 'index.html' }), () => firstLoad),
      // The service worker detects new versions; no polling needed.
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
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // Separate: SvelteKit needs its paths and version before any other file.
                { name: 'start', test: /preload-helper|\/runtime\/client\/payload\.js$/, priority: 1 },
                // One file with its imports: otherwise Home has 25 small files that compress badly.
                {
                  name: 'home',
                  test: /\/src\/routes\/(\+layout\.|\(app\)\/\+(page|layout)\.)|\/runtime\/client\/client\.js$/
                }
              ]
            }
          }
        }
      }
    }
  },
  server: {
    proxy: { '/api': worker, '/media': worker, '/sync': { target: worker, ws: true } }
  }
})
