import { describe, expect, it } from 'vitest'
import { readSettings } from './settings.ts'

describe('readSettings', () => {
  it('has defaults for everything', () => {
    expect(readSettings({}, '/app')).toEqual({ port: 8787, dataDir: '/app/.data' })
    expect(readSettings({ PORT: '', DATABASE_URL: '' }, '/app')).toEqual({
      port: 8787,
      dataDir: '/app/.data'
    })
  })

  it('reads the environment', () => {
    const env = {
      PORT: '9000',
      FOYER_DATA_DIR: '/data',
      APP_ORIGIN: 'https://foyer.example',
      DATABASE_URL: 'libsql://db.example',
      DATABASE_AUTH_TOKEN: 't'
    }
    expect(readSettings(env, '/app')).toEqual({
      port: 9000,
      dataDir: '/data',
      origin: 'https://foyer.example',
      database: { url: 'libsql://db.example', authToken: 't' }
    })
  })

  it.each([
    [{ PORT: 'web' }, 'PORT must be a whole number from 1 to 65535'],
    [{ PORT: '0' }, 'PORT must be a whole number from 1 to 65535'],
    [{ PORT: '65536' }, 'PORT must be a whole number from 1 to 65535'],
    [{ PORT: '80.5' }, 'PORT must be a whole number from 1 to 65535'],
    [{ APP_ORIGIN: 'foyer.example' }, 'APP_ORIGIN must be an http:// or https:// address without a path'],
    [{ APP_ORIGIN: 'https://foyer.example/app' }, 'APP_ORIGIN must be an http:// or https:// address'],
    [{ DATABASE_URL: 'db.example' }, 'DATABASE_URL must be a libsql://, http:// or https:// address'],
    [{ DATABASE_URL: 'file:foyer.db' }, 'DATABASE_URL must be a libsql://, http:// or https:// address'],
    [{ DATABASE_AUTH_TOKEN: 't' }, 'DATABASE_AUTH_TOKEN is set, but DATABASE_URL is not']
  ])('refuses %o in one line', (env, message) => {
    expect(() => readSettings(env, '/app')).toThrow(message)
  })
})
