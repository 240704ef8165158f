/** The server's tables. `pnpm db:generate` makes migrations from them. */
export * from './schema/activity.ts'
export * from './schema/auth.ts'
export * from './schema/document.ts'
export * from './schema/pins.ts'
export * from './schema/projection.ts'
export * from './schema/throttles.ts'
export * from './schema/uploads.ts'
