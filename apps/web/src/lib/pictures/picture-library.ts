import type { Foyer } from '#lib/state/foyer.svelte.ts'
import { addNote } from '#lib/state/refusal-words.ts'
import { makePicture, type MadePicture } from './make-picture.ts'
import { createObjectUrls } from './object-urls.ts'
import { PictureError } from './picture-error.ts'
import { picturesIn } from './picture-hashes.ts'
import { createPictureStore } from './picture-store.ts'
import { refusedUploadWords } from './picture-words.ts'
import type { OwnPicture, PictureSize, ShownUrl } from './pictures.svelte.ts'
import { createUploadQueue } from './upload-queue.ts'
import { uploadPicture } from './upload-picture.ts'

export type PictureLibrary = ReturnType<typeof createPictureLibrary>

const UNUSED_KEPT_MS = 30 * 86_400_000

/** All that `Pictures` does, loaded when a picture is first needed. @param onChange what is unsent has changed */
export const createPictureLibrary = (foyer: Foyer, onChange: () => void) => {
  const store = createPictureStore()
  const urls = createObjectUrls()

  const queue = createUploadQueue({
    store,
    upload: uploadPicture,
    target() {
      const { workspace, record, canEdit } = foyer
      if (workspace === null || record?.adopted !== true || !canEdit || !navigator.onLine) return null
      return { workspaceId: workspace.id, wanted: picturesIn(workspace.doc) }
    },
    onRefused(sha256, code) {
      const { workspace } = foyer
      if (workspace === null) return
      const [name = ''] = picturesIn(workspace.doc).get(sha256) ?? []
      workspace.note({ notes: addNote(workspace.notes, refusedUploadWords(name, code)) })
    },
    onUploaded: onChange,
    now: () => foyer.clock.now()
  })

  const keep = async (
    { sha256, ...picture }: MadePicture,
    workspaceId = foyer.workspace?.id ?? ''
  ): Promise<OwnPicture> => {
    await store.put(sha256, { ...picture, workspaceId, addedAt: foyer.clock.now() })
    onChange()
    return { image: sha256, width: picture.width, height: picture.height }
  }

  const unsent = async (): Promise<string[]> => {
    const { workspace } = foyer
    return workspace === null ? [] : (await store.unsent(workspace.id)).map(({ sha256 }) => sha256)
  }

  /** A picture that was chosen and never shown (a dialog was cancelled) does not stay for ever. */
  const dropUnused = async () => {
    const { workspace } = foyer
    if (workspace === null) return
    const wanted = picturesIn(workspace.doc)
    for (const { sha256, addedAt } of await store.unsent(workspace.id)) {
      const isOld = addedAt < foyer.clock.now() - UNUSED_KEPT_MS
      if (isOld && !wanted.has(sha256)) await store.delete(sha256)
    }
  }

  return {
    unsent,

    async make(file: Blob): Promise<OwnPicture> {
      return keep(await makePicture(file))
    },

    async put(image: Blob, expectedSha256: string, workspaceId?: string): Promise<OwnPicture> {
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
      const giveBack = () => {
        urls.giveBack(key)
      }
      const known = urls.takeKnown(key)
      if (known !== undefined) return { url: known, giveBack }
      const stored = await store.get(sha256)
      if (stored === undefined) return null
      return { url: urls.take(key, size === 'tile' ? stored.thumbnail : stored.image), giveBack }
    },

    async upload() {
      await dropUnused()
      await queue.run()
    },

    move: (from: string, to: string) => store.move(from, to),

    async unsentCount(): Promise<number> {
      const wanted = foyer.workspace === null ? new Map() : picturesIn(foyer.workspace.doc)
      return (await unsent()).filter(sha256 => wanted.has(sha256)).length
    }
  }
}
