import { PICTURE_LIMITS } from '@foyer/doc/policy'
import { fitWithin } from './target-size.ts'

/** A picture as it is kept and sent: two sizes, and the larger one's width and height in pixels. */
export interface SmallPicture {
  image: Blob
  thumbnail: Blob
  width: number
  height: number
}

export interface ShrinkOptions {
  /** The picture stays byte for byte. Else it is drawn anew, which takes its camera data away. */
  keep: boolean
}

/** Longest side in pixels; and bytes, which is what the server takes. */
const FULL = { side: 1600, bytes: PICTURE_LIMITS.bytes }
const THUMBNAIL = { side: PICTURE_LIMITS.thumbnailSide, bytes: PICTURE_LIMITS.thumbnailBytes }
const QUALITY = 0.82
const KEPT_TYPES = ['image/webp', 'image/png', 'image/jpeg']

/**
 * Makes a picture smaller, upright as its camera meant it, of an animation the first frame. Runs in a worker
 * as well as in a page.
 * @throws when the browser cannot decode it, or it is to be kept and is larger than the server takes
 */
export const shrinkPicture = async (source: Blob, { keep }: ShrinkOptions): Promise<SmallPicture> => {
  const bitmap = await createImageBitmap(source, { imageOrientation: 'from-image' })
  try {
    const full = keep ? asItIs(source, bitmap) : await encodeWithin(bitmap, FULL)
    const thumbnail = await encodeWithin(bitmap, THUMBNAIL)
    return { image: full.blob, thumbnail: thumbnail.blob, width: full.width, height: full.height }
  } finally {
    bitmap.close()
  }
}

const asItIs = (source: Blob, { width, height }: ImageBitmap) => {
  const fits = source.size <= FULL.bytes && Math.max(width, height) <= PICTURE_LIMITS.side
  if (!fits || !KEPT_TYPES.includes(source.type)) throw new Error('too large, or of another type')
  return { blob: source, width, height }
}

const encodeWithin = async (bitmap: ImageBitmap, most: { side: number; bytes: number }) => {
  for (let side = most.side; ; side = Math.floor(side * 0.8)) {
    const size = fitWithin(bitmap, side)
    const blob = await encode(draw(bitmap, size.width, size.height))
    // Without WebP a transparent picture can be larger than what is allowed.
    if (blob.size <= most.bytes || side < 16) return { blob, ...size }
  }
}

type Drawing = OffscreenCanvas | HTMLCanvasElement
type Context = OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D

const contextOf = (canvas: Drawing): Context => {
  const context: Context | null = (canvas as HTMLCanvasElement).getContext('2d')
  if (context === null) throw new Error('this browser cannot draw')
  return context
}

const draw = (bitmap: ImageBitmap, width: number, height: number): Drawing => {
  const canvas =
    typeof OffscreenCanvas === 'undefined'
      ? Object.assign(document.createElement('canvas'), { width, height })
      : new OffscreenCanvas(width, height)
  const context = contextOf(canvas)
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, width, height)
  return canvas
}

/** A browser that cannot write WebP answers with PNG: then it is JPEG where nothing shines through. */
const encode = async (canvas: Drawing): Promise<Blob> => {
  const blob = await toBlob(canvas, 'image/webp')
  return blob.type === 'image/webp' || !isOpaque(canvas) ? blob : toBlob(canvas, 'image/jpeg')
}

const toBlob = (canvas: Drawing, type: string): Promise<Blob> =>
  'convertToBlob' in canvas
    ? canvas.convertToBlob({ type, quality: QUALITY })
    : new Promise((resolve, reject) => {
        const onBlob = (blob: Blob | null) => {
          if (blob === null) reject(new Error('this browser cannot encode the picture'))
          else resolve(blob)
        }
        canvas.toBlob(onBlob, type, QUALITY)
      })

const isOpaque = (canvas: Drawing): boolean => {
  const { data } = contextOf(canvas).getImageData(0, 0, canvas.width, canvas.height)
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false
  return true
}
