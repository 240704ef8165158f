import type { Cover } from '@foyer/doc'
import type { Foyer } from '#lib/state/foyer.svelte.ts'
import type { PictureLibrary } from './picture-library.ts'

/** An own picture as the document names it: SHA-256, and pixels. */
export type OwnPicture = Extract<Cover, { image: string }>

/** At most 480 pixels wide and high, or at most 1,600. */
export type PictureSize = 'tile' | 'full'

/** A picture's URL, for as long as it is not given back. */
export interface ShownUrl {
  url: string
  giveBack: () => void
}

/** The app's own pictures. Nearly all of it is loaded with the first picture that is needed. */
export class Pictures {
  /** SHA-256 of the pictures that are on this device only, as far as somebody looked. */
  unsent = $state.raw<readonly string[]>([])
  /** How many of them an item shows: these will be sent. */
  waiting = $state(0)
  readonly #foyer: Foyer
  #library: Promise<PictureLibrary> | null = null

  constructor(foyer: Foyer) {
    this.#foyer = foyer
  }

  /** Makes a picture smaller and keeps it on this device. @throws {PictureError} */
  async make(file: Blob): Promise<OwnPicture> {
    return (await this.#load()).make(file)
  }

  /**
   * Keeps a picture that was made smaller before, byte for byte.
   * @param workspaceId whose it is; without it: of the one on the screen
   * @throws {PictureError} also where it is not what the SHA-256 says
   */
  async put(image: Blob, expectedSha256: string, workspaceId?: string): Promise<OwnPicture> {
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

  /** What one workspace showed, another one shows from now on. Never throws: the items have moved already. */
  move(from: string, to: string): Promise<void> {
    return this.#quietly(library => library.move(from, to))
  }

  /** Brings `unsent` and `waiting` up to date. Never throws. */
  look(): Promise<void> {
    return this.#quietly(async library => {
      this.unsent = await library.unsent()
      this.waiting = await library.unsentCount()
    })
  }

  async #quietly(work: (library: PictureLibrary) => Promise<void>): Promise<void> {
    try {
      await work(await this.#load())
    } catch (error) {
      console.warn('the pictures could not be looked after', error)
    }
  }

  #load(): Promise<PictureLibrary> {
    this.#library ??= import('./picture-library.ts').then(
      ({ createPictureLibrary }) => createPictureLibrary(this.#foyer, () => void this.look()),
      (error: unknown) => {
        this.#library = null // the network may be back at the next call
        throw error
      }
    )
    return this.#library
  }
}
