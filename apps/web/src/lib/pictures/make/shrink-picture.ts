import { PICTURE_LIMITS } from '@foyer/doc/policy'
import { fitWithin } from './target-size.ts'

/** A picture in two sizes, with the larger one's width and height in pixels. */
export interface SmallPicture {
  image: Blob
  thumbnail: Blob
  width: number
  height: number
}

export interface ShrinkOptions {
  /** Keeps the bytes unchanged. Otherwise the picture is redrawn, which removes its metadata. */
  keep: boolean
}

/** Longest side in pixels, and the server's limit in bytes. */
const FULL = { side: 1600, bytes: PICTURE_LIMITS.bytes }
const THUMBNAIL = { side: PICTURE_LIMITS.thumbnailSide, bytes: PICTURE_LIMITS.thumbnailBytes }
const QUALITY = 0.82
const KEPT_TYPES = ['image/webp', 'image/png', 'image/jpeg']

/**
 * Shrinks a picture, applying its EXIF orientation; only the first frame of an animation.
 * Runs in a worker or on the main thread.
 * @throws if the browser cannot decode it, or if it must be kept but exceeds the server's limits
 */
export const shrinkPicture = async (source: Blob, { keep }: ShrinkOptions): Promise<SmallPicture> => {
  const bitmap = await createImageBitmap(source, { imageOrientation: 'from-image' })
  try {
    const full = keep ? unchanged(source, bitmap) : await encodeWithin(bitmap, FULL)
    const thumbnail = await encodeWithin(bitmap, THUMBNAIL)
    return { image: full.blob, thumbnail: thumbnail.blob, width: full.width, height: full.height }
  } finally {
    bitmap.close()
  }
}

const unchanged = (source: Blob, { width, height }: ImageBitmap) => {
  const fits = source.size <= FULL.bytes && Math.max(width, height) <= PICTURE_LIMITS.side
  if (!fits || !KEPT_TYPES.includes(source.type)) throw new Error('too large, or of another type')
  return { blob: source, width, height }
}

const encodeWithin = async (bitmap: ImageBitmap, max: { side: number; bytes: number }) => {
  for (let side = max.side; ; side = Math.floor(side * 0.8)) {
    const size = fitWithin(bitmap, side)
    const blob = await encode(draw(bitmap, size.width, size.height))
    // Encoded as PNG, a transparent picture can exceed the limit.
    if (blob.size <= max.bytes || side < 16) return { blob, ...size }
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

/** Browsers without a WebP encoder return PNG: opaque pictures become JPEG then. */
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
