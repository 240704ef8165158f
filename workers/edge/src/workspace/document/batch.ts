import {
  isSameValue,
  isCreation,
  kindOf,
  readItem,
  readWorkspaceName,
  splitKey,
  WORKSPACE_ROOT,
  type Entry,
  type ItemKind
} from '@foyer/doc'
import type * as Y from 'yjs'
import type { Place } from '../update/incoming-update.ts'
import type { ActivityEntry, ProjectedChange } from '../storage/update-store.ts'

/** Fields that determine an item's links; so may a field that was missing. */
const LINKING_FIELDS: ReadonlySet<string> = new Set(['created', 'links'])

/** Collects the effects of a batch of updates. */
export class Batch {
  readonly now: number
  readonly newClients = new Map<number, string>()
  corrected = false
  /** Work done so far. */
  work = 0
  readonly #touched = new Map<string, Omit<ProjectedChange, 'item'>>()
  /** By author and place: edits of one field by one person are merged. */
  readonly #activity = new Map<string, ActivityEntry>()

  readonly #made = new Set<string>()
  #isRenamed = false

  constructor(now: number) {
    this.now = now
  }

  /** @param superseded a value that lost to a later edit; kept in the activity log */
  note(
    { root, key }: Place,
    was: Entry | undefined,
    is: Entry | undefined,
    superseded: Entry | undefined,
    userId: string
  ): void {
    const kind = kindOf(root)
    const parts = splitKey(key)
    if (kind !== undefined && parts !== undefined)
      this.#touch(kind, parts.id, LINKING_FIELDS.has(parts.field) || was === undefined)
    if (parts !== undefined && was === undefined) {
      // An item's creation is one entry, not one for each field.
      if (isCreation(key)) this.#made.add(parts.id)
      else if (this.#made.has(parts.id)) return
    }
    const entry = { userId, root, key, at: this.now }
    if (superseded !== undefined) {
      this.#activity.set(`${userId} ${root}/${key} superseded`, {
        ...entry,
        outcome: 'superseded',
        from: superseded[0],
        to: is?.[0]
      })
    }
    if (isSameValue(was?.[0], is?.[0])) return
    if (root === WORKSPACE_ROOT && key === 'name') this.#isRenamed = true
    const id = `${userId} ${root}/${key}`
    const from = this.#activity.has(id) ? this.#activity.get(id)?.from : was?.[0]
    this.#activity.set(id, { ...entry, outcome: 'edited', from, to: is?.[0] })
  }

  projected(doc: Y.Doc): ProjectedChange[] {
    return [...this.#touched.values()].map(change => ({ ...change, item: readItem(doc, change.ref) }))
  }

  /** Null unless the workspace was renamed. */
  workspaceName(doc: Y.Doc): string | null {
    return this.#isRenamed ? (readWorkspaceName(doc) ?? null) : null
  }

  activity(): ActivityEntry[] {
    return [...this.#activity.values()]
  }

  #touch(kind: ItemKind, id: string, mayChangeLinks: boolean): void {
    const before = this.#touched.get(`${kind}/${id}`)
    const linksChanged = mayChangeLinks || (before?.linksChanged ?? false)
    this.#touched.set(`${kind}/${id}`, { ref: { kind, id }, linksChanged })
  }
}
