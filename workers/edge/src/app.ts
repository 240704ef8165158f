import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { answerError, answerNotFound } from './http/api-error.ts'
import { sameOrigin } from './http/same-origin.ts'
import { activityRoutes } from './routes/activity.ts'
import { healthRoutes } from './routes/health.ts'
import { linkRoutes } from './routes/links.ts'
import { mediaRoutes } from './routes/media.ts'
import { pinRoutes } from './routes/pins.ts'
import { syncRoutes } from './routes/sync.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { workspaceRoutes } from './routes/workspaces.ts'
import type { Services } from './services.ts'

/** The HTTP API (DESIGN §9) and the door to the rooms. */
export const createApp = (services: Services) => {
  const { auth, settings } = services
  return new Hono()
    .onError(answerError)
    .notFound(answerNotFound)
    .use('/api/*', secureHeaders())
    .use(sameOrigin(settings.appOrigin))
    .on(['GET', 'POST'], '/api/auth/*', c => auth().handler(c.req.raw))
    .route('/api/health', healthRoutes(services))
    .route('/api/workspaces', workspaceRoutes(services))
    .route('/api/workspaces', activityRoutes(services))
    .route('/api/workspaces', pinRoutes(services))
    .route('/api/links', linkRoutes(services))
    .route('/api/uploads', uploadRoutes(services))
    .route('/media', mediaRoutes(services))
    .route('/sync', syncRoutes(services))
}

export type AppType = ReturnType<typeof createApp>
