import { encode } from 'uqr'

/** Margin of four modules (ISO/IEC 18004). */
const QUIET_ZONE = 4
const PICTURE_PIXELS = 1_024

export interface QrCode {
  /** Modules per side, including the quiet zone. */
  size: number
  /** The dark modules as an SVG path, one unit per module. */
  path: string
}

export const qrCode = (text: string): QrCode => {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE })
  const dark = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
  return { size, path: dark.join('') }
}

/** The code as an SVG file, printable at any size. */
export const qrSvg = ({ size, path }: QrCode): Blob => {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>`
  return new Blob([svg], { type: 'image/svg+xml' })
}

/** The code as a PNG file. @throws if no canvas is available */
export const qrPng = async ({ size, path }: QrCode): Promise<Blob> => {
  const scale = Math.floor(PICTURE_PIXELS / size) // whole pixels per module: sharp edges
  const canvas = new OffscreenCanvas(size * scale, size * scale)
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.scale(scale, scale)
  context.fillStyle = '#000'
  context.fill(new Path2D(path))
  return canvas.convertToBlob({ type: 'image/png' })
}
