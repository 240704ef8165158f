import { pictureProblem } from './picture-words.ts'
import type { CustomPicture } from './picture.ts'
import type { Pictures } from './pictures.svelte.ts'

/** State of choosing a picture: progress and error. The last choice wins. */
export class PictureChoice {
  busy = $state(false)
  problem = $state('')
  readonly #pictures: Pictures
  readonly #onpicked: (picture: CustomPicture) => void
  #turn = 0

  constructor(pictures: Pictures, onpicked: (picture: CustomPicture) => void) {
    this.#pictures = pictures
    this.#onpicked = onpicked
  }

  async take(file: Blob) {
    const turn = ++this.#turn
    this.busy = true
    this.problem = ''
    try {
      const picture = await this.#pictures.make(file)
      if (turn === this.#turn) this.#onpicked(picture)
    } catch (error) {
      console.warn('a picture was rejected', error)
      if (turn === this.#turn) this.problem = pictureProblem(error)
    } finally {
      if (turn === this.#turn) this.busy = false
    }
  }

  /** Discards a pending choice. */
  readonly cancel = () => {
    this.#turn++
    this.busy = false
    this.problem = ''
  }

  readonly onfile = (event: Event & { currentTarget: HTMLInputElement }) => {
    const [file] = event.currentTarget.files ?? []
    if (file !== undefined) void this.take(file)
    event.currentTarget.value = '' // allows choosing the same file again
  }

  readonly ondrop = (event: DragEvent) => {
    this.#takeFrom(event, event.dataTransfer)
  }

  readonly onpaste = (event: ClipboardEvent) => {
    this.#takeFrom(event, event.clipboardData)
  }

  /** Without this, the browser would open the dropped file. */
  readonly ondragover = (event: DragEvent) => {
    if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault()
  }

  #takeFrom(event: Event, data: DataTransfer | null) {
    const [file] = data?.files ?? []
    if (file === undefined || event.defaultPrevented) return
    event.preventDefault()
    void this.take(file)
  }
}
