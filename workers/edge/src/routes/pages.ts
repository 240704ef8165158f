import { Hono } from 'hono/quick'
import { ApiError, answerNotFound } from '../http/api-error.ts'
import { wantsPage } from '../http/wants-page.ts'
import type { Services } from '../services.ts'

/** The last route: the app's page, or 404. */
export const pageRoutes = ({ openPage }: Services) =>
  new Hono().all('*', async c => {
    if (wantsPage(c.req.raw)) return openPage(c.req.raw)
    if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.path.startsWith('/api/')) {
      return answerNotFound(c)
    }
    c.header('allow', 'GET, HEAD')
    throw new ApiError(405, 'read-only', 'There is nothing here that could be changed.')
  })
