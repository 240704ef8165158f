import adapter from '@sveltejs/adapter-static'
import { sveltekit } from '@sveltejs/kit/vite'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'
import { firstLoadBudget } from './build-tools/first-load-budget.ts'
import { preloadHome } from './build-tools/preload-home.ts'
import { stubModules } from './build-tools/stub-modules.ts'

/** In development the Worker answers these paths; Vite stands in front of it. */
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
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            codeSplitting: {
              groups: [
                // By itself: SvelteKit says where it runs and of which version it is before any other file comes.
                { name: 'start', test: /preload-helper|\/runtime\/client\/payload\.js$/, priority: 1 },
                // With all that it imports, which other pages need most of: otherwise Home is 25 files, and small
                // ones do not compress well.
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
