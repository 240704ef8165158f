import { exportItems, picturesOf, type ExportedItem, type ItemKind } from '@foyer/doc'
import type { Doc } from 'yjs'
import { createYielder } from '#lib/ui/yielder.ts'
import { picturePath } from './picture-path.ts'
import type { PictureStorage } from './picture-storage.ts'
import { FILE_VERSION, FORMAT, README, WORKSPACE_NAME, type WorkspaceFile } from './workspace-file.ts'
import { writeZip, type ZipSource } from './zip-writer.ts'

export interface ExportSource {
  workspace: { id: string; name: string }
  doc: Doc
  /** ms since 1970 */
  lastUsedAt: (id: string) => number | undefined
  pictures: PictureStorage
  /** The app's version. */
  app: string
  /** ms since 1970 */
  now: number
}

export interface Exported {
  file: Blob
  rooms: number
  webinars: number
  pictures: number
  /** The number of pictures that could not be read. */
  missing: number
}

/** Exports a whole workspace as one file. Works offline. */
export const exportWorkspace = async (source: ExportSource): Promise<Exported> => {
  const rooms = await readAll(source, 'room')
  const webinars = await readAll(source, 'webinar')
  const named = new Set([...rooms, ...webinars].flatMap(picturesOf))
  const missing: string[] = []

  const sources = async function* (): AsyncGenerator<ZipSource> {
    for (const sha256 of named) {
      const content = await source.pictures.read(sha256).catch(() => undefined)
      const name = content && picturePath(sha256, content)
      if (content === undefined || name === undefined) missing.push(sha256)
      else yield { name, content, isPacked: true }
    }
    // Last, when the missing pictures are known.
    const file: WorkspaceFile = {
      format: FORMAT,
      version: FILE_VERSION,
      exportedAt: new Date(source.now).toISOString(),
      app: source.app,
      workspace: source.workspace,
      rooms,
      webinars,
      missingPictures: missing
    }
    yield { name: WORKSPACE_NAME, content: new Blob([JSON.stringify(file, null, 2)]), isPacked: false }
    yield { name: 'README.txt', content: new Blob([README]), isPacked: false }
  }
  const file = await writeZip(sources())
  return {
    file,
    rooms: rooms.length,
    webinars: webinars.length,
    pictures: named.size - missing.length,
    missing: missing.length
  }
}

const readAll = async ({ doc, lastUsedAt }: ExportSource, kind: ItemKind): Promise<ExportedItem[]> => {
  const yieldNow = createYielder()
  const items: ExportedItem[] = []
  for (const item of exportItems(doc, kind, lastUsedAt)) {
    items.push(item)
    await yieldNow()
  }
  return items
}
