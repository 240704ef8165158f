import { createContext } from 'svelte'
import { withTimeout } from '#lib/device/with-timeout.ts'
import { readPendingMoves, writePendingMoves } from '#lib/pictures/store/pending-moves.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import type { PictureLibrary } from './picture-library.ts'
import type { CustomPicture, PictureSize, ShownUrl, UnsentPicture } from './picture.ts'

/** Custom pictures on this device and their upload. The implementation is loaded on demand. */
export class Pictures {
  /** As of the last `refreshUnsent`. */
  unsent = $state.raw<readonly UnsentPicture[]>([])
  readonly #workspaces: Workspaces
  #library: Promise<PictureLibrary> | null = null

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces
  }

  /** Shrinks a picture and stores it on this device. @throws {PictureError} */
  async make(file: Blob): Promise<CustomPicture> {
    return (await this.#load()).make(file)
  }

  /**
   * Stores a shrunk picture unchanged.
   * @param workspaceId defaults to the current workspace
   * @throws {PictureError} also if the hash does not match
   */
  async put(image: Blob, expectedSha256: string, workspaceId?: string): Promise<CustomPicture> {
    return (await this.#load()).put(image, expectedSha256, workspaceId)
  }

  /** A picture's larger size, from this device or the server; undefined if unavailable. */
  async read(sha256: string): Promise<Blob | undefined> {
    return (await this.#load()).read(sha256)
  }

  /** The URL of a picture on this device; null if it has none. */
  async show(sha256: string, size: PictureSize): Promise<ShownUrl | null> {
    return (await this.#load()).show(sha256, size)
  }

  /** Uploads unsent pictures if there is a network and an account. Never rejects. */
  upload(): Promise<void> {
    return this.#quietly(library => library.upload())
  }

  /**
   * Moves pictures to another workspace. Never rejects.
   * @returns whether all were moved; the rest is kept and moved at the next open
   */
  async move(from: string, to: string): Promise<boolean> {
    const moved = (await this.#quietly(library => library.move(from, to))) ?? false
    const others = readPendingMoves().filter(move => move[0] !== from)
    writePendingMoves(moved ? others : [...others, [from, to]])
    return moved
  }

  /** Completes pending moves. Never rejects. */
  async finishMoves(): Promise<void> {
    for (const [from, to] of readPendingMoves()) if (await this.move(from, to)) await this.upload()
  }

  /** Deletes a workspace's pictures from this device. Never rejects. */
  async forget(workspaceId: string): Promise<void> {
    try {
      const { forgetPictures } = await import('./store/forget-pictures.ts')
      await withTimeout(forgetPictures(workspaceId))
    } catch (error) {
      console.warn('the pictures could not be deleted', error)
    }
  }

  /** Updates `unsent`. Never rejects. */
  refreshUnsent(): Promise<void> {
    return this.#quietly(async library => {
      this.unsent = await library.unsent()
    })
  }

  async #quietly<T>(work: (library: PictureLibrary) => Promise<T>): Promise<T | undefined> {
    try {
      return await work(await this.#load())
    } catch (error) {
      console.warn('a picture operation failed', error)
      return undefined
    }
  }

  #load(): Promise<PictureLibrary> {
    this.#library ??= import('./picture-library.ts').then(
      ({ createPictureLibrary }) => createPictureLibrary(this.#workspaces, () => void this.refreshUnsent()),
      (error: unknown) => {
        this.#library = null // the network may be back at the next call
        throw error
      }
    )
    return this.#library
  }
}

export const [getPictures, setPictures] = createContext<Pictures>()
