import type { Context } from 'hono'
import { Hono } from 'hono/quick'
import { ApiError } from '../http/api-error.ts'
import { parseSha256 } from '../http/sha256-param.ts'
import { pictureName, thumbnailName, type PictureStore } from '../pictures/picture-store.ts'
import type { Services } from '../services.ts'

/** Content-addressed pictures and stored thumbnails never change. */
const FOR_EVER = 'public, max-age=31536000, immutable'
/** The picture is served in place of a missing thumbnail. */
const FOR_NOW = 'no-cache'

/** Serves pictures to everybody, as guests see covers too. */
export const mediaRoutes = ({ pictures }: Services) =>
  new Hono()
    .use(async (c, next) => {
      // Untrusted bytes: a browser must treat them as a picture only.
      c.header('x-content-type-options', 'nosniff')
      c.header('content-security-policy', "default-src 'none'; sandbox")
      c.header('cross-origin-resource-policy', 'same-origin')
      c.header('cache-control', 'no-store')
      await next()
    })

    .get('/:sha256', async c => {
      const name = pictureName(parseSha256(c.req.param('sha256')))
      return (await answer(c, pictures, { name, caching: FOR_EVER })) ?? missing()
    })

    .get('/:sha256/thumbnail', async c => {
      const sha256 = parseSha256(c.req.param('sha256'))
      return (
        (await answer(c, pictures, { name: thumbnailName(sha256), caching: FOR_EVER })) ??
        (await answer(c, pictures, { name: pictureName(sha256), caching: FOR_NOW })) ??
        missing()
      )
    })

const missing = (): never => {
  throw new ApiError(404, 'no-such-picture', 'There is no such picture.')
}

/** @returns undefined where there is no such picture */
const answer = async (
  c: Context,
  pictures: PictureStore,
  { name, caching }: { name: string; caching: string }
) => {
  const known = c.req.header('if-none-match')
  // Do not read the body if it is not needed.
  const isHead = c.req.method === 'HEAD'
  const picture = await (isHead || matches(known, name) ? pictures.head(name) : pictures.get(name))
  if (picture === null) return undefined
  c.header('cache-control', caching)
  c.header('etag', `"${name}"`)
  if (matches(known, name)) return c.body(null, 304)
  c.header('content-type', picture.type)
  c.header('content-length', String(picture.bytes))
  return picture.body === null ? c.body(null) : c.body(picture.body)
}

/** RFC 9110, 13.1.2, by weak comparison. */
const matches = (ifNoneMatch: string | undefined, name: string): boolean =>
  ifNoneMatch?.split(',').some(tag => ['*', `"${name}"`].includes(tag.trim().replace(/^W\//, ''))) ?? false
