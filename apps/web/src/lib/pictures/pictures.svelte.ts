import { createContext } from 'svelte'
import { withTimeout } from '#lib/device/with-timeout.ts'
import { readPendingMoves, writePendingMoves } from '#lib/pictures/store/pending-moves.ts'
import type { Workspaces } from '#lib/workspace/workspaces.svelte.ts'
import type { PictureLibrary } from './picture-library.ts'
import type { CustomPicture, PictureSize, ShownUrl, UnsentPicture } from './picture.ts'

/** The app's own pictures. Nearly all of it is loaded with the first picture that is needed. */
export class Pictures {
  /** As far as somebody looked. */
  unsent = $state.raw<readonly UnsentPicture[]>([])
  readonly #workspaces: Workspaces
  #library: Promise<PictureLibrary> | null = null

  constructor(workspaces: Workspaces) {
    this.#workspaces = workspaces
  }

  /** Makes a picture smaller and keeps it on this device. @throws {PictureError} */
  async make(file: Blob): Promise<CustomPicture> {
    return (await this.#load()).make(file)
  }

  /**
   * Keeps a picture that was made smaller before, byte for byte.
   * @param workspaceId whose it is; without it: of the one on the screen
   * @throws {PictureError} also where it is not what the SHA-256 says
   */
  async put(image: Blob, expectedSha256: string, workspaceId?: string): Promise<CustomPicture> {
    return (await this.#load()).put(image, expectedSha256, workspaceId)
  }

  /** A picture's larger size: this device's, else the server's; undefined where neither can give it now. */
  async read(sha256: string): Promise<Blob | undefined> {
    return (await this.#load()).read(sha256)
  }

  /** What to show of a picture that this device has; null where it has none. */
  async show(sha256: string, size: PictureSize): Promise<ShownUrl | null> {
    return (await this.#load()).show(sha256, size)
  }

  /** Sends what the server does not have yet, where there is a network and an account. Never throws. */
  upload(): Promise<void> {
    return this.#quietly(library => library.upload())
  }

  /**
   * What one workspace showed, another one shows from now on. Never throws: the items have moved already.
   * @returns whether all pictures followed; else they do at the next open, and must be kept until then
   */
  async move(from: string, to: string): Promise<boolean> {
    const moved = (await this.#quietly(library => library.move(from, to))) ?? false
    const others = readPendingMoves().filter(move => move[0] !== from)
    writePendingMoves(moved ? others : [...others, [from, to]])
    return moved
  }

  /** Moves what could not be moved when it was asked for. Never throws. */
  async finishMoves(): Promise<void> {
    for (const [from, to] of readPendingMoves()) if (await this.move(from, to)) await this.upload()
  }

  /** Deletes what the device has of a workspace's pictures. Never throws. */
  async forget(workspaceId: string): Promise<void> {
    try {
      const { forgetPictures } = await import('./store/forget-pictures.ts')
      await withTimeout(forgetPictures(workspaceId))
    } catch (error) {
      console.warn('the pictures could not be deleted', error)
    }
  }

  /** Brings `unsent` up to date. Never throws. */
  look(): Promise<void> {
    return this.#quietly(async library => {
      this.unsent = await library.unsent()
    })
  }

  async #quietly<T>(work: (library: PictureLibrary) => Promise<T>): Promise<T | undefined> {
    try {
      return await work(await this.#load())
    } catch (error) {
      console.warn('the pictures could not be looked after', error)
      return undefined
    }
  }

  #load(): Promise<PictureLibrary> {
    this.#library ??= import('./picture-library.ts').then(
      ({ createPictureLibrary }) => createPictureLibrary(this.#workspaces, () => void this.look()),
      (error: unknown) => {
        this.#library = null // the network may be back at the next call
        throw error
      }
    )
    return this.#library
  }
}

export const [getPictures, setPictures] = createContext<Pictures>()
