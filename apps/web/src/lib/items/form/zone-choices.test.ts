import { isTimeZone } from '@foyer/doc'
import { afterEach, expect, test, vi } from 'vitest'
import { overwriteGetLocale } from '#lib/paraglide/runtime.js'
import { zoneChoices } from './zone-choices.ts'

vi.stubGlobal('navigator', { languages: [] })
const SUMMER = Date.parse('2026-07-01T10:00Z')
afterEach(() => {
  overwriteGetLocale(() => 'en')
})

const zonesFor = async (text: string) => (await zoneChoices(text, SUMMER)).map(({ zone }) => zone)

test.each([
  ['BST', 'Europe/London'],
  ['CST', 'America/Chicago'],
  ['cest', 'Europe/Berlin'],
  ['IST', 'Asia/Kolkata'],
  ['EST', 'America/New_York'],
  ['PST', 'America/Los_Angeles'],
  ['new york', 'America/New_York'],
  ['New-York', 'America/New_York'],
  ['Hamburg', 'Europe/Berlin'],
  ['Saigon', 'Asia/Ho_Chi_Minh'],
  ['kiev', 'Europe/Kyiv'],
  ['port au prince', 'America/Port-au-Prince'],
  ['India', 'Asia/Kolkata'],
  ['sao paulo', 'America/Sao_Paulo'],
  ['central european', 'Europe/Berlin'],
  ['+02:00', 'Europe/Berlin'],
  ['GMT+2', 'Europe/Berlin'],
  ['UTC −4', 'America/New_York'],
  ['+٠٥:٣٠', 'Asia/Kolkata']
])('%s suggests %s', async (text, zone) => {
  expect((await zonesFor(text)).slice(0, 3)).toContain(zone)
})

test('each suggestion has its place and its offset at the time', async () => {
  expect((await zoneChoices('BST', SUMMER))[0]).toEqual({
    zone: 'Europe/London',
    city: 'London',
    country: 'United Kingdom',
    offset: 'GMT+1'
  })
  expect((await zoneChoices('Hamburg', SUMMER))[0]).toMatchObject({ city: 'Hamburg', country: 'Germany' })
})

test('countries and cities are found in the person’s language', async () => {
  overwriteGetLocale(() => 'de')
  expect(await zonesFor('Indien')).toEqual(['Asia/Kolkata'])
  expect((await zonesFor('Moskau'))[0]).toBe('Europe/Moscow')
  overwriteGetLocale(() => 'ar')
  expect(await zonesFor('مصر')).toEqual(['Africa/Cairo'])
})

test('unknown places suggest nothing', async () => {
  for (const text of ['', ' ', 'x', 'Atlantis', '+99:00', '.*', '(']) expect(await zonesFor(text)).toEqual([])
})

test('only valid zones are suggested', async () => {
  for (const text of ['a', 'st', 'me', '+0', '-3'])
    expect((await zonesFor(text)).filter(zone => !isTimeZone(zone))).toEqual([])
})
