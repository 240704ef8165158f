import type { Device } from '../../apps/web/e2e/device.ts'

/** Converts a picture to WebP in the browser, since Node has no encoder. */
export const toWebp = async (page: Device['page'], png: Buffer): Promise<Buffer> => {
  const base64 = await page.evaluate(async source => {
    const bytes = Uint8Array.from(atob(source), character => character.charCodeAt(0))
    const bitmap = await createImageBitmap(new Blob([bytes]))
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
    const webp = await canvas.convertToBlob({ type: 'image/webp', quality: 0.9 })
    let text = ''
    for (const byte of new Uint8Array(await webp.arrayBuffer())) text += String.fromCharCode(byte)
    return btoa(text)
  }, png.toString('base64'))
  return Buffer.from(base64, 'base64')
}
