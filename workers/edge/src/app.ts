import { Hono } from 'hono/quick'
import { secureHeaders } from 'hono/secure-headers'
import { answerError, answerNotFound } from './http/api-error.ts'
import { notStored } from './http/not-stored.ts'
import { ownHost } from './http/own-host.ts'
import { sameOrigin } from './http/same-origin.ts'
import { accountRoutes } from './routes/accounts.ts'
import { activityRoutes } from './routes/activity.ts'
import { healthRoutes } from './routes/health.ts'
import { linkRoutes } from './routes/links.ts'
import { mediaRoutes } from './routes/media.ts'
import { pageRoutes } from './routes/pages.ts'
import { pinRoutes } from './routes/pins.ts'
import { syncRoutes } from './routes/sync.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { workspaceRoutes } from './routes/workspaces.ts'
import type { Services } from './services.ts'

/** The HTTP API and the workspaces' WebSockets. */
export const createApp = (services: Services) => {
  const { settings } = services
  return new Hono()
    .onError(answerError)
    .notFound(answerNotFound)
    .use(notStored)
    .use('/api/*', secureHeaders())
    .use(ownHost(settings.appOrigin))
    .use(sameOrigin(settings.appOrigin))
    .route('/api/auth', accountRoutes(services))
    .route('/api/health', healthRoutes(services))
    .route('/api/workspaces', workspaceRoutes(services))
    .route('/api/workspaces', activityRoutes(services))
    .route('/api/workspaces', pinRoutes(services))
    .route('/api/links', linkRoutes(services))
    .route('/api/uploads', uploadRoutes(services))
    .route('/media', mediaRoutes(services))
    .route('/sync', syncRoutes(services))
    .route('/', pageRoutes(services))
}

export type AppType = ReturnType<typeof createApp>
