import { pickPort } from '@foyer/local-stack'
import audit, { desktopConfig } from 'lighthouse'
import type { Figure, Scenario } from '../../figure.ts'
import { withServer } from '../../server/bench-server.ts'
import { withProfile } from '../../web/browser.ts'

const CATEGORIES = ['performance', 'accessibility', 'best-practices']
const TARGET = 95

/** A Lighthouse audit of Home on a first visit. */
export const lighthouse: Scenario = async () => {
  const port = await pickPort()
  return withServer(server =>
    withProfile(
      async () => [
        ...(await measure(server.url(), port, 'mobile')),
        ...(await measure(server.url(), port, 'desktop'))
      ],
      [`--remote-debugging-port=${port}`]
    )
  )
}

const measure = async (url: string, port: number, device: 'mobile' | 'desktop'): Promise<Figure[]> => {
  const what = `Lighthouse, ${device}: ${CATEGORIES.join(', ')}`
  const target = `≥ ${TARGET} each`
  try {
    const flags = { port, logLevel: 'error' as const, onlyCategories: CATEGORIES }
    const result = await audit(url, flags, device === 'desktop' ? desktopConfig : undefined)
    const categories = CATEGORIES.map(name => result?.lhr.categories[name])
    const scores = categories.map(category => Math.round((category?.score ?? 0) * 100))
    const low = categories
      .flatMap(category => category?.auditRefs ?? [])
      .filter(({ id, weight }) => weight > 0 && (result?.lhr.audits[id]?.score ?? 1) < 0.9)
      .map(({ id }) => `${id} ${result?.lhr.audits[id]?.displayValue ?? ''}`.trim())
    return [
      {
        what,
        measured: scores.join(', '),
        target,
        passed: scores.every(score => score >= TARGET)
      },
      { what: '  audits that count, below 90', measured: low.join(', ') || 'none', target: '', passed: null }
    ]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [{ what, measured: `not run: ${reason}`, target, passed: null }]
  }
}
