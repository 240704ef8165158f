import { afterEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { FROM_SERVER, FROM_TAB } from './origins.ts'
import { createTabChannel } from './tab-channel.ts'
import { memoryUsageStore } from './testing/memory-usage-store.ts'
import { createUsageLane } from './usage-lane.ts'

const opened: { destroy(): void }[] = []
let name = ''
const tab = (doc = new Y.Doc()) => {
  name ||= `tabs-${Math.random()}`
  const usage = createUsageLane(memoryUsageStore())
  const origins: unknown[] = []
  doc.on('update', (_update, origin) => origins.push(origin))
  const channel = createTabChannel({ name, doc, usage })
  opened.push(channel)
  return { doc, usage, origins, channel, room: (key: string) => doc.getMap('rooms').get(key) }
}
/** Two tabs, the older of which has heard that the younger is there, and all is quiet. */
const twoTabs = async () => {
  const [older, younger] = [tab(), tab()]
  await Promise.all([older.usage.whenLoaded, younger.usage.whenLoaded])
  younger.doc.getMap('greetings').set('from', 'younger')
  await vi.waitFor(() => {
    expect(older.doc.getMap('greetings').get('from')).toBe('younger')
  })
  older.doc.getMap('greetings').set('from', 'older')
  await vi.waitFor(() => {
    expect(younger.doc.getMap('greetings').get('from')).toBe('older')
  })
  return [older, younger] as const
}

afterEach(() => {
  for (const channel of opened.splice(0)) channel.destroy()
  name = ''
})

describe('S20 tabs', () => {
  it('share a change without echoing it', async () => {
    const [one, two, three] = [tab(), tab(), tab()]
    one.doc.getMap('rooms').set('a/name', ['A', 1])
    await vi.waitFor(() => {
      expect([two.room('a/name'), three.room('a/name')]).toEqual([
        ['A', 1],
        ['A', 1]
      ])
    })
    two.doc.getMap('rooms').set('b/name', ['B', 1])
    await vi.waitFor(() => {
      expect(three.room('b/name')).toEqual(['B', 1])
    })
    expect(three.origins).toEqual([FROM_TAB, FROM_TAB])
    expect(one.origins).toEqual([null, FROM_TAB])
  })

  it('keep nothing pending after a gap: it would later pass for the server’s', async () => {
    const [one, two] = await twoTabs()
    const server = new Y.Doc()
    server.getMap('rooms').set('a/name', ['Server', 1])
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(server), FROM_SERVER) // not passed on: two has its own connection
    one.doc.getMap('rooms').set('a/name', ['Tab', 2])
    await vi.waitFor(() => {
      expect(two.room('a/name')).toEqual(['Tab', 2])
    })
    expect(two.doc.store.pendingStructs).toBeNull()
    expect(two.origins.at(-1)).toBe(FROM_TAB) // so that it is sent up from here, too
  })

  it('that open later catch up', async () => {
    const one = tab()
    one.doc.getMap('rooms').set('a/name', ['A', 1])
    one.usage.takePending({ a: 5 })
    const late = tab()
    await vi.waitFor(() => {
      expect(late.room('a/name')).toEqual(['A', 1])
      expect(late.usage.pending()).toEqual({ a: 5 })
    })
  })

  it('do not forward what came from the server', async () => {
    const [one, two] = await twoTabs()
    const server = new Y.Doc()
    server.getMap('rooms').set('s/name', ['S', 1])
    Y.applyUpdate(one.doc, Y.encodeStateAsUpdate(server), FROM_SERVER)
    one.doc.getMap('rooms').set('a/name', ['A', 1]) // comes after it
    await vi.waitFor(() => {
      expect(two.room('a/name')).toEqual(['A', 1])
    })
    expect(two.room('s/name')).toBeUndefined()
  })

  it('share a time of use once', async () => {
    const [one, two] = await twoTabs()
    const said: unknown[] = []
    const ear = new BroadcastChannel(name)
    opened.push({ destroy: () => ear.close() })
    ear.onmessage = ({ data }: MessageEvent<{ type: string; times: unknown }>) => {
      if (data.type === 'usage') said.push(data.times)
    }
    one.usage.takePending({ a: 5 })
    await vi.waitFor(() => {
      expect(two.usage.lastUsedAt('a')).toBe(5)
    })
    two.usage.takePending({ a: 7, b: 1 })
    await vi.waitFor(() => {
      expect(one.usage.pending()).toEqual({ a: 7, b: 1 })
    })
    one.usage.takePending({ c: 1 }) // comes after an echo, if there was one
    await vi.waitFor(() => {
      expect(said.at(-1)).toEqual({ c: 1 })
    })
    expect(said).toEqual([{ a: 5 }, { a: 7, b: 1 }, { c: 1 }])
  })

  it('of another workspace receive nothing', async () => {
    const one = tab()
    const same = tab()
    name = `${name}-other`
    const other = tab()
    one.doc.getMap('rooms').set('a/name', ['A', 1])
    await vi.waitFor(() => {
      expect(same.room('a/name')).toEqual(['A', 1])
    })
    expect(other.room('a/name')).toBeUndefined()
  })

  it('send and receive nothing once destroyed', async () => {
    const [one, two, three] = [tab(), tab(), tab()]
    one.channel.destroy()
    one.doc.getMap('rooms').set('a/name', ['A', 1])
    one.usage.takePending({ a: 5 })
    two.doc.getMap('rooms').set('b/name', ['B', 1])
    await vi.waitFor(() => {
      expect(three.room('b/name')).toEqual(['B', 1])
    })
    expect(three.room('a/name')).toBeUndefined()
    expect(one.room('b/name')).toBeUndefined()
  })
})
