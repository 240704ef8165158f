import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { checkEntry } from './guard.ts'
import { mendZones } from './mend-zones.ts'
import { createWebinar } from './mutations.ts'
import { itemRoot } from './keys.ts'
import { readItem } from './read.ts'
import type { Entry } from './entry.ts'
import type { Schedule } from './schema.ts'

let doc: Y.Doc
let id: string
const SCHEDULE: Schedule = { startsAt: '2031-12-01T10:00', timeZone: 'Europe/Berlin', minutes: 45 }
const key = () => `${id}/schedule`
const schedule = () => itemRoot(doc, 'webinar').get(key()) as Entry<Schedule>
/** Writes the schedule as an earlier app did. */
const inZone = (timeZone: string) => itemRoot(doc, 'webinar').set(key(), [{ ...SCHEDULE, timeZone }, 7])
const mend = () => {
  mendZones(doc, itemRoot(doc, 'webinar').keys(), 'Europe/Vienna')
}

beforeEach(() => {
  doc = new Y.Doc()
  id = createWebinar(doc, { name: 'Launch', schedule: SCHEDULE }, 5)
})
afterEach(() => {
  vi.restoreAllMocks()
})

it.each([
  ['BST', 'Asia/Dhaka'],
  ['PST', 'America/Los_Angeles'],
  ['US/Pacific-New', 'America/Los_Angeles'],
  ['SystemV/EST5EDT', 'EST5EDT'],
  ['SystemV/AST4', 'Europe/Vienna'],
  ['Etc/Unknown', 'Europe/Vienna']
])('%s becomes %s, which the guard takes, at the same time of day', (name, zone) => {
  inZone(name)
  expect(checkEntry('webinars', key(), undefined, schedule())).toMatchObject({ code: 'time-zone-unknown' })
  mend()
  expect(schedule()).toEqual([{ ...SCHEDULE, timeZone: zone }, 8])
  expect(checkEntry('webinars', key(), undefined, schedule())).toBeNull()
  expect(readItem(doc, { kind: 'webinar', id })).toMatchObject({ name: 'Launch' })
})

it('falls back to the device’s own zone if the engine does not know the name', () => {
  const { DateTimeFormat } = Intl
  vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function (...[locale, options]) {
    if (options?.timeZone === 'BST') throw new RangeError('unknown')
    return new DateTimeFormat(locale, options)
  })
  inZone('BST')
  mend()
  expect(schedule()[0].timeZone).toBe('Europe/Vienna')
})

it('leaves entries the server has, zones a later app knows, and mended ones', () => {
  inZone('BST')
  const heard = vi.fn()
  doc.on('update', heard)
  mendZones(doc, [`${id}/name`, 'no-such-webinar/schedule'], 'Europe/Vienna')
  inZone('Europe/Berlin')
  mend()
  inZone('Mars/Base')
  mend()
  expect(heard).toHaveBeenCalledTimes(2)
  inZone('BST')
  mend()
  mend()
  expect(heard).toHaveBeenCalledTimes(4)
})
