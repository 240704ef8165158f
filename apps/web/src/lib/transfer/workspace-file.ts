import type { ExportedItem } from '@foyer/doc'
import { PICTURE_LIMITS } from '@foyer/doc/policy'

export const FORMAT = 'foyer-workspace'
/** Incremented when older apps cannot read the format any more. */
export const FILE_VERSION = 1
export const WORKSPACE_NAME = 'workspace.json'

const MIB = 1024 * 1024

/** Limits of an imported file: far above any workspace, safe for any device. */
export const FILE_LIMITS = {
  entries: 12_000,
  pictures: 10_000,
  pictureBytes: PICTURE_LIMITS.bytes,
  workspaceBytes: 64 * MIB,
  totalBytes: 1024 * MIB,
  items: 50_000
} as const

/** `workspace.json`: the whole workspace, without keys, tokens or accounts. */
export interface WorkspaceFile {
  format: typeof FORMAT
  version: number
  /** ISO time. */
  exportedAt: string
  /** The app's version. */
  app: string
  workspace: { id: string; name: string }
  rooms: ExportedItem[]
  webinars: ExportedItem[]
  /** Pictures (SHA-256) that were unavailable during the export. */
  missingPictures: string[]
}

export const README = `This file holds a Foyer workspace: workspace.json for people and programs to read, and the pictures.
In Foyer, "Export and import" brings it back. For each field the later time in "edited" (ms since 1970) wins.
Host links are not in it, and cannot be worked out from it.
`

/** "My workspace 2026-11-23.foyer.zip", without characters that file systems reject. */
export const fileName = (workspaceName: string, at: number): string => {
  const name = workspaceName
    .replace(/[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu, ' ')
    .trim()
    .replace(/^\.+/, '')
  return `${name || 'Foyer'} ${new Date(at).toISOString().slice(0, 10)}.foyer.zip`
}
