import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

// Without SvelteKit's plugin, which takes the working directory for the app's folder.
export default defineConfig({
  plugins: [svelte({ configFile: false })],
  test: { name: 'web', include: ['{src,build-tools}/**/*.test.ts'] }
})
