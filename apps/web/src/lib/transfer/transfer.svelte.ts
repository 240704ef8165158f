import { version } from '$app/env'
import { m } from '#lib/paraglide/messages.js'
import { download } from '#lib/ui/download.ts'
import type { Toasts } from '#lib/ui/toasts.svelte.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { BrokenFileError } from './broken-file.ts'
import type { ImportSummary, ImportTarget, ReadForImport } from './import-workspace.ts'
import type { PictureStorage } from './picture-storage.ts'
import { summaryWords } from './summary-words.ts'
import { troubleWords } from './trouble-words.ts'
import { fileName } from './workspace-file.ts'

/** A valid file, and what importing it would do. */
export interface ImportOffer {
  name: string
  read: ReadForImport
  summary: ImportSummary
  isElsewhere: boolean
}

/** State of exporting and importing a workspace. */
export class Transfer {
  busy = $state<'export' | 'read' | 'import' | null>(null)
  /** The number of pictures missing from the last export. */
  missing = $state(0)
  /** Why the last export or import failed. */
  trouble = $state('')
  broken = $state.raw<{ name: string; error: BrokenFileError } | null>(null)
  offer = $state.raw<ImportOffer | null>(null)
  readonly #workspaces: Workspaces
  readonly #toasts: Toasts
  readonly #pictures: PictureStorage

  constructor(workspaces: Workspaces, toasts: Toasts, pictures: PictureStorage) {
    this.#workspaces = workspaces
    this.#toasts = toasts
    this.#pictures = pictures
  }

  readonly export = () =>
    this.#work('export', m.transfer_export_failed, async () => {
      const { record, current: workspace, clock } = this.#workspaces
      if (record === null || workspace === null) return
      const { exportWorkspace } = await import('./export-workspace.ts')
      const now = clock.now()
      const name = this.#workspaces.name
      const { file, missing } = await exportWorkspace({
        workspace: { id: record.id, name },
        doc: workspace.doc,
        lastUsedAt: id => workspace.usage.lastUsedAt(id),
        pictures: this.#pictures,
        app: version,
        now
      })
      this.missing = missing
      const saved = fileName(name, now)
      download(file, saved)
      this.#toasts.say(m.transfer_exported({ name: saved }))
    })

  /** Reads a file and offers to import it. */
  readonly open = (file: File) =>
    this.#work('read', m.transfer_import_failed, async () => {
      const target = await this.#target()
      if (target === null) return
      const { previewImport, readForImport } = await import('./import-workspace.ts')
      try {
        const read = await readForImport(file, target.workspaceId, this.#workspaces.clock.now())
        const summary = await previewImport(read, target, this.#workspaces.clock.now())
        const isElsewhere = read.workspaceId !== target.workspaceId
        this.offer = { name: file.name, read, summary, isElsewhere }
      } catch (error) {
        if (!(error instanceof BrokenFileError)) throw error
        this.broken = { name: file.name, error }
      }
    })

  readonly cancel = () => {
    this.offer = null
  }

  /** Imports the offered file into the workspace in its current state. */
  readonly accept = () =>
    this.#work('import', m.transfer_import_failed, async () => {
      if (this.offer === null) return
      const { read } = this.offer
      const { importIntoOpen } = await import('./import-workspace.ts')
      try {
        const done = await importIntoOpen(read, this.#target, () => this.#workspaces.clock.now())
        const deleted = done.changes.filter(({ isDeleted }) => isDeleted).length
        const what = summaryWords({ ...done, same: 0, kept: [], deleted, gone: [] }).join(' · ')
        this.#toasts.say(
          done.changes.length === 0 ? m.transfer_imported_nothing() : m.transfer_imported({ what })
        )
      } finally {
        this.offer = null
      }
    })

  /** Null if nothing may be written. */
  readonly #target = async (): Promise<ImportTarget | null> => {
    const { current: workspace } = this.#workspaces
    await workspace?.whenLoaded
    const isCurrent = () => this.#workspaces.current === workspace && this.#workspaces.canEdit
    if (workspace === null || !isCurrent()) return null
    const { id, doc, usage } = workspace
    const edit: ImportTarget['edit'] = change => {
      this.#workspaces.edit(change, refused => {
        throw refused
      })
    }
    return { workspaceId: id, doc, usage, pictures: this.#pictures, isCurrent, edit }
  }

  /** Runs one operation at a time and reports its errors. */
  async #work(
    what: 'export' | 'read' | 'import',
    failed: (of: { reason: string }) => string,
    work: () => Promise<void>
  ) {
    if (this.busy !== null) return
    this.busy = what
    this.trouble = ''
    this.broken = null
    this.missing = 0
    try {
      await work()
    } catch (error) {
      console.error('the transfer failed', error)
      this.trouble = failed({ reason: troubleWords(error) })
    } finally {
      this.busy = null
    }
  }
}
