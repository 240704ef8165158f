import { gzipSync } from 'node:zlib'
import type { Response } from '@playwright/test'
import type { Scenario } from '../../figure.ts'
import { withServer } from '../../server/bench-server.ts'
import { withProfile } from '../../web/browser.ts'

const MOST_BYTES = 100_000

/** A first visit's download until Home is complete, counted as the build does. */
export const download: Scenario = () =>
  withServer(server =>
    withProfile(async profile => {
      const page = await profile.newPage()
      const responses: Response[] = []
      // Exclude what the service worker fetches meanwhile.
      page.on('response', response => {
        const type = response.request().resourceType()
        if (type === 'script' || type === 'stylesheet') responses.push(response)
      })
      await page.goto(server.url())
      await page.getByRole('button', { name: 'New room' }).waitFor()
      const untilComplete = [...responses]
      const loaded = await Promise.all(
        untilComplete.map(async response => ({
          type: response.request().resourceType(),
          bytes: gzipSync(await response.body(), { level: 9 }).length
        }))
      )
      const bytesOf = (wanted: string) =>
        loaded.reduce((sum, { type, bytes }) => sum + (type === wanted ? bytes : 0), 0)
      const scripts = bytesOf('script')
      return [
        {
          what: 'JavaScript for Home, gzip, first load',
          measured: kilobytes(scripts),
          target: `≤ ${kilobytes(MOST_BYTES)}`,
          passed: scripts <= MOST_BYTES
        },
        {
          what: '  files; CSS, gzip',
          measured: `${loaded.length}; ${kilobytes(bytesOf('stylesheet'))}`,
          target: '',
          passed: null
        }
      ]
    })
  )

const kilobytes = (number: number): string => `${(number / 1_000).toFixed(1)} KB`
