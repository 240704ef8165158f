import { makePicture, type MadePicture } from '#lib/pictures/make/make-picture.ts'
import { PictureError } from '#lib/pictures/make/picture-error.ts'
import { createObjectUrls } from '#lib/pictures/store/object-urls.ts'
import { picturesIn } from '#lib/pictures/store/picture-hashes.ts'
import { createPictureStore } from '#lib/pictures/store/picture-store.ts'
import { uploadPicture } from '#lib/pictures/upload/upload-picture.ts'
import { createUploadQueue } from '#lib/pictures/upload/upload-queue.ts'
import { addNote } from '#lib/workspace/refusals/refusal-words.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import { refusedUploadWords } from './picture-words.ts'
import type { CustomPicture, PictureSize, ShownUrl, UnsentPicture } from './picture.ts'

export type PictureLibrary = ReturnType<typeof createPictureLibrary>

/** The implementation of `Pictures`, loaded on demand. @param onChange unsent pictures changed */
export const createPictureLibrary = (workspaces: Workspaces, onChange: () => void) => {
  const store = createPictureStore()
  const urls = createObjectUrls()

  const queue = createUploadQueue({
    store,
    upload: uploadPicture,
    target() {
      const { current: workspace, record, canEdit } = workspaces
      if (workspace === null || record?.adopted !== true || !canEdit || !navigator.onLine) return null
      return {
        workspaceId: workspace.id,
        get wanted() {
          return picturesIn(workspace.doc)
        }
      }
    },
    onRefused(sha256, code) {
      onChange()
      const { current: workspace } = workspaces
      if (workspace === null) return
      const [name = ''] = picturesIn(workspace.doc).get(sha256) ?? []
      workspace.note({ notes: addNote(workspace.notes, refusedUploadWords(name, code)) })
    },
    onUploaded: onChange,
    now: () => workspaces.clock.now()
  })

  const keep = async (
    { sha256, ...picture }: MadePicture,
    workspaceId = workspaces.current?.id ?? ''
  ): Promise<CustomPicture> => {
    await store.put(sha256, { ...picture, workspaceId, unusedSince: workspaces.clock.now() })
    onChange()
    return { image: sha256, width: picture.width, height: picture.height }
  }

  const unsent = async (): Promise<UnsentPicture[]> => {
    const { current: workspace } = workspaces
    if (workspace === null) return []
    const pictures = await store.unsent(workspace.id)
    if (pictures.length === 0) return []
    const shown = picturesIn(workspace.doc)
    return pictures.map(({ sha256, refused }) => ({ sha256, refused, isShown: shown.has(sha256) }))
  }

  /** Deletes pictures that were replaced or never used. */
  const dropUnused = async () => {
    const { current: workspace } = workspaces
    await workspace?.whenLoaded
    // A document that could not be read would make all pictures look unused.
    if (workspace === null || workspaces.storageFails) return
    let shown: Map<string, unknown> | undefined
    const isShown = (sha256: string) => (shown ??= picturesIn(workspace.doc)).has(sha256)
    await store.sweep(workspace.id, isShown, workspaces.clock.now())
  }
  void dropUnused()

  return {
    unsent,

    async make(file: Blob): Promise<CustomPicture> {
      return keep(await makePicture(file))
    },

    async put(image: Blob, expectedSha256: string, workspaceId?: string): Promise<CustomPicture> {
      const picture = await makePicture(image, { keep: true })
      if (picture.sha256 !== expectedSha256) throw new PictureError('broken')
      return keep(picture, workspaceId)
    },

    async read(sha256: string): Promise<Blob | undefined> {
      const stored = await store.get(sha256)
      if (stored !== undefined) return stored.image
      const response = await fetch(`/media/${sha256}`).catch(() => undefined)
      const isPicture = response?.headers.get('content-type')?.startsWith('image/') === true
      return response?.ok === true && isPicture ? response.blob() : undefined
    },

    async show(sha256: string, size: PictureSize): Promise<ShownUrl | null> {
      const key = `${sha256}/${size}`
      const release = () => {
        urls.release(key)
      }
      const known = urls.takeKnown(key)
      if (known !== undefined) return { url: known, release }
      const stored = await store.get(sha256)
      if (stored === undefined) return null
      return { url: urls.take(key, size === 'tile' ? stored.thumbnail : stored.image), release }
    },

    upload: () => queue.run(),

    move: (from: string, to: string) => store.move(from, to)
  }
}
