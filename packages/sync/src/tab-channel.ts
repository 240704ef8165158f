import * as Y from 'yjs'
import { openChannel } from './open-channel.ts'
import { FROM_TAB } from './origins.ts'
import type { UsageLane, UsageTimes } from './usage-lane.ts'

type TabMessage =
  | { type: 'hello'; stateVector: Uint8Array }
  | { type: 'update'; update: Uint8Array }
  /** Answers a hello with what its sender is missing. */
  | { type: 'answer'; update: Uint8Array }
  | { type: 'usage'; times: UsageTimes }

export interface TabChannel {
  destroy(): void
}

/**
 * Syncs the tabs of a device without a server. Each tab also stores and uploads the changes of the
 * others, which is idempotent, so any tab may be closed.
 */
export const createTabChannel = ({
  name,
  doc,
  usage
}: {
  name: string
  doc: Y.Doc
  usage: UsageLane
}): TabChannel => {
  const channel = openChannel(name)
  const post = (message: TabMessage) => {
    channel.postMessage(message)
  }

  // Only local changes: the others receive the rest themselves.
  const onUpdate = (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
    if (transaction.local) post({ type: 'update', update })
  }
  let told: UsageTimes = {}
  const tellUsage = () => {
    const pending = usage.pending()
    const news = Object.entries(pending).filter(([itemId, at]) => told[itemId] !== at)
    told = pending
    if (news.length > 0) post({ type: 'usage', times: Object.fromEntries(news) })
  }

  channel.onmessage = ({ data }: MessageEvent<TabMessage>) => {
    switch (data.type) {
      case 'hello':
        post({ type: 'answer', update: Y.encodeStateAsUpdate(doc, data.stateVector) })
        post({ type: 'usage', times: usage.pending() })
        break
      case 'update':
        if (!take(data.update)) sayHello()
        break
      case 'answer':
        take(data.update)
        break
      case 'usage':
        told = { ...told, ...data.times }
        usage.takePending(data.times)
    }
  }
  /**
   * @returns false after a gap. Nothing is kept pending then: it would be applied with the server's
   * next update and pass for something that the server has.
   */
  const take = (update: Uint8Array): boolean => {
    Y.applyUpdate(doc, update, FROM_TAB)
    const { pendingStructs, pendingDs } = doc.store
    doc.store.pendingStructs = null
    doc.store.pendingDs = null
    return pendingStructs === null && pendingDs === null
  }
  const sayHello = () => {
    post({ type: 'hello', stateVector: Y.encodeStateVector(doc) })
  }

  doc.on('update', onUpdate)
  const endUsage = usage.subscribe(tellUsage)
  sayHello()

  return {
    destroy() {
      doc.off('update', onUpdate)
      endUsage()
      channel.close()
    }
  }
}
