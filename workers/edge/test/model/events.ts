import fc from 'fast-check'
import { anyEdit, type Edit } from './edits.ts'
import { anyAttack, type Attack } from './hostile-device.ts'

const MINUTE_MS = 60_000
const YEAR_MS = 365 * 24 * 60 * MINUTE_MS

/** One thing that happens in a run. `device` and `tab` are counted round. */
export type Event =
  | { type: 'edit'; device: number; tab: number; edit: Edit }
  | { type: 'use'; device: number; tab: number; item: number }
  | {
      type: 'goes offline' | 'comes online' | 'opens a tab' | 'closes a tab' | 'reloads' | 'crashes'
      device: number
    }
  | { type: 'connection'; device: number; how: 'drops' | 'falls silent' | 'lingers' }
  | { type: 'clock steps'; device: number; byMs: number }
  | { type: 'role'; person: number; role: 'member' | 'viewer' | null }
  | { type: 'database fails'; at: 'load' | 'commit' | 'committed' | 'snapshot' }
  | { type: 'database'; how: 'is out of reach' | 'is slow'; ms: number }
  | { type: 'server'; how: 'is killed' | 'is followed' | 'sleeps' }
  | { type: 'attack'; attack: Attack }
  | { type: 'time passes'; ms: number }

const device = fc.nat(11)
const tab = fc.nat(1)

const edit = fc.record({ type: fc.constant('edit' as const), device, tab, edit: anyEdit })
const people = fc.oneof(
  fc.record({ type: fc.constant('use' as const), device, tab, item: fc.nat(2) }),
  fc.record({
    type: fc.constantFrom(
      'goes offline' as const,
      'comes online' as const,
      'opens a tab' as const,
      'closes a tab' as const,
      'reloads' as const,
      'crashes' as const
    ),
    device
  }),
  fc.record({
    type: fc.constant('clock steps' as const),
    device,
    byMs: fc.constantFrom(-YEAR_MS, -10 * MINUTE_MS, -5_000, 10 * MINUTE_MS, YEAR_MS)
  })
)
const trouble = fc.oneof(
  fc.record({
    type: fc.constant('connection' as const),
    device,
    how: fc.constantFrom('drops' as const, 'falls silent' as const, 'lingers' as const)
  }),
  fc.record({
    type: fc.constant('database fails' as const),
    at: fc.constantFrom('load' as const, 'commit' as const, 'committed' as const, 'snapshot' as const)
  }),
  fc.record({
    type: fc.constant('database' as const),
    how: fc.constantFrom('is out of reach' as const, 'is slow' as const),
    ms: fc.integer({ min: 100, max: MINUTE_MS })
  }),
  fc.record({
    type: fc.constant('server' as const),
    how: fc.constantFrom('is killed' as const, 'is followed' as const, 'sleeps' as const)
  })
)
const role = fc.record({
  type: fc.constant('role' as const),
  person: fc.nat(3),
  role: fc.constantFrom('member' as const, 'viewer' as const, null)
})
const attack = fc.record({ type: fc.constant('attack' as const), attack: anyAttack })
const time = fc.record({
  type: fc.constant('time passes' as const),
  ms: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 100, max: 5_000 }), fc.constant(MINUTE_MS))
})

export const anyEvent: fc.Arbitrary<Event> = fc.oneof(
  { arbitrary: edit, weight: 9 },
  { arbitrary: people, weight: 4 },
  { arbitrary: trouble, weight: 3 },
  { arbitrary: role, weight: 1 },
  { arbitrary: attack, weight: 1 },
  { arbitrary: time, weight: 6 }
)

/** Clocks that are right, a little off, and far off. */
export const anyClockError: fc.Arbitrary<number> = fc.oneof(
  { arbitrary: fc.constant(0), weight: 3 },
  { arbitrary: fc.integer({ min: -90_000, max: 90_000 }), weight: 2 },
  { arbitrary: fc.constantFrom(-YEAR_MS, YEAR_MS), weight: 1 }
)
