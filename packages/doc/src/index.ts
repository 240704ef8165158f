/** The workspace document: schema, reads, mutations, migration and guard. */
export { carryOver, type Edit } from './carry-over.ts'
export { isSameEntry, isSameValue, MAX_TIME, parseEntry, type Entry } from './entry.ts'
export { boundEpoch } from './epochs.ts'
export { exportItems, picturesOf, type ExportedItem } from './export-items.ts'
export { fieldOf, FIELDS_OF, namesInItem, readField, type FieldName } from './fields.ts'
export { checkEntry, ITEM_ID } from './guard.ts'
export { identityElsewhere, planItem, slugOwners, writeImport, type ItemImport } from './import-items.ts'
export { ITEM_KINDS, type ItemKind, type ItemRef } from './item-kinds.ts'
export { createItemIndex, type ItemChange, type ItemIndex } from './item-index.ts'
export {
  DOCUMENT_ROOTS,
  fieldKey,
  holdsTime,
  isCreation,
  isDeletion,
  isDocumentRoot,
  isFieldKey,
  isInRoot,
  itemIdOf,
  itemRefOf,
  itemRoot,
  kindOf,
  ROOT_OF,
  splitKey,
  WORKSPACE_ROOT,
  workspaceRoot
} from './keys.ts'
export { hostToken, makeLinkKey } from './links.ts'
export { mendZones } from './mend-zones.ts'
export { readLink, type LinkRead } from './read-link.ts'
export {
  migrateDocument,
  isNewerThanApp,
  readWorkspaceName,
  SCHEMA_VERSION,
  setUpWorkspace
} from './workspace.ts'
export {
  copyItems,
  createRoom,
  createWebinar,
  deleteForGood,
  duplicateItem,
  editItem,
  purgeItem,
  renameWorkspace,
  resetLinks
} from './mutations.ts'
export { AFTER_ALL_STARTS, compareInHome, HOME_ORDER, inHomeOrder, isUpcoming } from './order.ts'
export { roomRank, webinarRank } from './order.ts'
export { parseExportedItem, type Expected, type Fault, type ImportedItem } from './parse-item.ts'
export {
  entriesOf,
  GONE,
  isGone,
  itemKeys,
  itemOf,
  readItem,
  readItems,
  type Item,
  type ItemEntries,
  type Room,
  type Webinar
} from './read.ts'
export { InvalidValueError, type Refusal, type RefusalCode, type RefusalParams } from './refusals.ts'
export {
  ACCESS_LEVELS,
  MAX_EPOCH,
  typedName,
  type Access,
  type Cover,
  type Links,
  type Lobby,
  type Look,
  type Schedule
} from './schema.ts'
export { isCheckedSlug, isSlug, makeSlug } from './slugs.ts'
export { webinarRevision, type WebinarRevision } from './webinar-revision.ts'
export { isTimeZone, zoneName } from './zone-names.ts'
export { instantOf, wallTimeIn, zoneForIntl } from './zoned-time.ts'
