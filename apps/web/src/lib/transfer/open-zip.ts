import { sha256Hex } from '@foyer/doc/sha256'
import { BrokenFileError, type Problem } from './broken-file.ts'
import type { DecodePicture } from './decode-picture.ts'
import { parsePicturePath } from './picture-path.ts'
import { FILE_LIMITS, WORKSPACE_NAME } from './workspace-file.ts'
import {
  DamagedEntryError,
  listZip,
  NotAZipError,
  readZipEntry,
  TooManyEntriesError,
  type ZipEntry
} from './zip-reader.ts'

/** A picture in an export. */
export interface PackedPicture {
  entry: ZipEntry
  type: string
}

export interface OpenedZip {
  workspace: ZipEntry
  /** By SHA-256. */
  pictures: Map<string, PackedPicture>
}

/** Zips repacked by hand may have a top folder or upper-case names. */
const isWorkspace = ({ name }: ZipEntry): boolean => {
  const [last, ...folders] = name.split('/').reverse()
  // macOS adds files that start with a dot or are in a folder of their own.
  return (
    last?.toLowerCase() === WORKSPACE_NAME && !folders.some(folder => /^(?:\..*|__MACOSX|)$/.test(folder))
  )
}

const depthOf = ({ name }: ZipEntry): number => name.split('/').length

/**
 * Lists an export's files without unpacking them; ignores other files.
 * @throws {BrokenFileError} not a zip, no workspace in it, or beyond the limits
 */
export const openZip = async (file: Blob): Promise<OpenedZip> => {
  const entries = await listZip(file, FILE_LIMITS.entries).catch((error: unknown) => {
    if (error instanceof NotAZipError) throw broken({ where: '', fault: 'not-a-zip' })
    if (error instanceof TooManyEntriesError) throw broken({ where: '', fault: 'too-many-pictures' })
    throw error
  })
  const [workspace, second] = entries.filter(isWorkspace).sort((a, b) => depthOf(a) - depthOf(b))
  if (workspace === undefined) throw broken({ where: '', fault: 'no-workspace' })
  if (second !== undefined && depthOf(second) === depthOf(workspace)) {
    throw broken({ where: workspace.name, fault: 'twice', found: second.name })
  }
  if (workspace.size > FILE_LIMITS.workspaceBytes) throw broken({ where: WORKSPACE_NAME, fault: 'too-large' })

  const folder = workspace.name.slice(0, -WORKSPACE_NAME.length)
  const pictures = new Map<string, PackedPicture>()
  for (const entry of entries) {
    if (!entry.name.startsWith(folder)) continue
    const named = parsePicturePath(entry.name.slice(folder.length))
    if (named === undefined) continue
    if (entry.size > FILE_LIMITS.pictureBytes) throw broken({ where: entry.name, fault: 'too-large' })
    pictures.set(named.sha256, { entry, type: named.type })
  }
  if (pictures.size > FILE_LIMITS.pictures) throw broken({ where: '', fault: 'too-many-pictures' })
  const bytes = [...pictures.values()].reduce((sum, { entry }) => sum + entry.size, workspace.size)
  if (bytes > FILE_LIMITS.totalBytes) throw broken({ where: '', fault: 'too-large' })
  return { workspace, pictures }
}

/** Unpacks one entry. @throws {BrokenFileError} */
export const unpack = async (
  entry: ZipEntry,
  yieldNow: () => Promise<void>
): Promise<Uint8Array<ArrayBuffer>> => {
  try {
    return await readZipEntry(entry, yieldNow)
  } catch (error) {
    if (error instanceof DamagedEntryError) throw broken({ where: entry.name, fault: 'damaged' })
    throw error
  }
}

/** Checks every picture's hash, and that it can be decoded. */
export const checkPictures = async (
  { pictures }: OpenedZip,
  decode: DecodePicture,
  yieldNow: () => Promise<void>
): Promise<Problem[]> => {
  const problems: Problem[] = []
  for (const [sha256, { entry, type }] of pictures) {
    try {
      const bytes = await unpack(entry, yieldNow)
      if ((await sha256Hex(bytes)) !== sha256) problems.push({ where: entry.name, fault: 'other-picture' })
      else await decode(bytes, type).catch(() => problems.push({ where: entry.name, fault: 'damaged' }))
    } catch (error) {
      if (!(error instanceof BrokenFileError)) throw error
      problems.push(...error.problems)
    }
    await yieldNow()
  }
  return problems
}

const broken = (problem: Problem) => new BrokenFileError([problem])
