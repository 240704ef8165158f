import { ITEM_KINDS, parseExportedItem, ROOT_OF, type ImportedItem } from '@foyer/doc'
import { createYielder } from '#lib/ui/yielder.ts'
import { BrokenFileError, showFound, type Problem } from './broken-file.ts'
import { decodePicture, type DecodePicture } from './decode-picture.ts'
import { findJsonFault } from './json-fault.ts'
import { checkPictures, openZip, unpack, type PackedPicture } from './open-zip.ts'
import { FILE_LIMITS, FILE_VERSION, FORMAT, WORKSPACE_NAME } from './workspace-file.ts'

/** A valid file. */
export interface ReadFile {
  file: Blob
  workspaceId: string
  items: ImportedItem[]
  /** By SHA-256. */
  pictures: Map<string, PackedPicture>
}

const MAX_ID_CHARACTERS = 100

/**
 * Reads and validates a whole file; writes nothing.
 * @param now ms since 1970
 * @param decode rejects if a picture cannot be shown
 * @throws {BrokenFileError} with all problems
 */
export const readWorkspaceFile = async (
  file: Blob,
  now: number,
  decode: DecodePicture = decodePicture
): Promise<ReadFile> => {
  const yieldNow = createYielder()
  const zip = await openZip(file)
  const raw = parseJson(new TextDecoder().decode(await unpack(zip.workspace, yieldNow)))
  const head = checkHead(raw)
  const exportedAt = typeof raw['exportedAt'] === 'string' ? Date.parse(raw['exportedAt']) : NaN
  if (Number.isNaN(exportedAt)) head.push(problem('exportedAt', 'time', raw['exportedAt']))
  if (head.length > 0) throw new BrokenFileError(head)

  const problems: Problem[] = []
  const items: ImportedItem[] = []
  const missing = new Set(Array.isArray(raw['missingPictures']) ? (raw['missingPictures'] as unknown[]) : [])
  const seen = createSeen(problems)
  for (const [list, kind] of LISTS) {
    for (const [at, rawItem] of (raw[list] as unknown[]).entries()) {
      const where = `${list}[${String(at)}]`
      const itemName = nameOf(rawItem)
      const result = parseExportedItem(kind, rawItem, Math.min(exportedAt, now))
      if ('faults' in result) {
        for (const { path, expected, found } of result.faults) {
          problems.push(problem(path === '' ? where : `${where}.${path}`, expected, found, itemName))
        }
      } else {
        items.push(result.item)
        seen(result.item, where, itemName)
        for (const sha256 of result.item.pictures) {
          if (zip.pictures.has(sha256) || missing.has(sha256)) continue
          problems.push(problem(where, 'picture-missing', sha256, itemName))
        }
      }
      await yieldNow()
    }
  }
  problems.push(...(await checkPictures(zip, decode, yieldNow)))
  if (problems.length > 0) throw new BrokenFileError(problems)
  return { file, workspaceId: (raw['workspace'] as { id: string }).id, items, pictures: zip.pictures }
}

/** The file's lists are named like the document's root maps. */
const LISTS = ITEM_KINDS.map(kind => [ROOT_OF[kind], kind] as const)

const problem = (where: string, fault: Problem['fault'], found: unknown, itemName?: string): Problem => {
  const shown = showFound(found)
  return { where, fault, ...(shown && { found: shown }), ...(itemName && { itemName }) }
}

const parseJson = (text: string): Record<string, unknown> => {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    const place = findJsonFault(text)
    throw new BrokenFileError([{ where: WORKSPACE_NAME, fault: 'syntax', ...(place && { place }) }])
  }
  if (isObject(raw)) return raw
  throw new BrokenFileError([problem(WORKSPACE_NAME, 'object', raw)])
}

const isObject = (raw: unknown): raw is Record<string, unknown> =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw)

/** Validates format and version before anything else. */
const checkHead = (raw: Record<string, unknown>): Problem[] => {
  const { format, version, workspace } = raw
  if (format !== FORMAT) return [problem('format', 'format', format)]
  if (typeof version === 'number' && version > FILE_VERSION) return [problem('version', 'newer', version)]
  if (version !== FILE_VERSION) return [problem('version', 'version', version)]
  const problems: Problem[] = []
  const id = isObject(workspace) ? workspace['id'] : undefined
  if (typeof id !== 'string' || id === '' || id.length > MAX_ID_CHARACTERS) {
    problems.push(problem('workspace.id', 'workspace-id', id))
  }
  for (const [list] of LISTS) {
    const items = raw[list]
    if (!Array.isArray(items)) problems.push(problem(list, 'list', items))
    else if (items.length > FILE_LIMITS.items) problems.push(problem(list, 'too-many-items', items.length))
  }
  return problems
}

const nameOf = (rawItem: unknown): string | undefined => {
  const name = isObject(rawItem) ? rawItem['name'] : undefined
  return typeof name === 'string' && name.trim() !== '' ? name : undefined
}

/** Reports duplicate ids and slugs. */
const createSeen = (problems: Problem[]) => {
  const seen = new Set<string>()
  return ({ id, entries }: ImportedItem, where: string, itemName: string | undefined) => {
    const slug = entries.links?.[0].slug ?? ''
    if (seen.has(`id ${id}`)) problems.push(problem(`${where}.id`, 'twice', id, itemName))
    if (seen.has(`slug ${slug}`)) problems.push(problem(`${where}.links.slug`, 'twice', slug, itemName))
    seen.add(`id ${id}`).add(`slug ${slug}`)
  }
}
