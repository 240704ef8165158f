/** The server's tables. Migrations are made from here by `pnpm db:generate`. */
export * from './schema/activity.ts'
export * from './schema/auth.ts'
export * from './schema/document.ts'
export * from './schema/pins.ts'
export * from './schema/projection.ts'
export * from './schema/throttles.ts'
export * from './schema/uploads.ts'
