import type { InStatement } from '@libsql/client/web'
import { getTableColumns, getTableName, type InferInsertModel } from 'drizzle-orm'
import { toSnakeCase } from 'drizzle-orm/casing'
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core'

/** Keeps a statement's JSON well below the database's limit of one value. */
const ROWS_PER_STATEMENT = 2_000

/**
 * Inserts many rows with one statement and one JSON argument, much faster than binding each value.
 * Objects among the values must be serialized already.
 * @param onConflict SQL behind the rows, such as `on conflict do nothing`
 */
export const insertRows = <T extends SQLiteTable>(
  table: T,
  rows: InferInsertModel<T>[],
  onConflict = ''
): InStatement[] => {
  if (rows.length === 0) return []
  const columns = Object.entries(getTableColumns(table)).map(([key, column]: [string, SQLiteColumn]) => ({
    key,
    name: nameOf(column)
  }))
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const values = columns.map(({ key }) => `value ->> '${key}'`).join(', ')
  const sql = `insert into "${getTableName(table)}" (${names}) select ${values} from json_each(?) where true ${onConflict}`
  return inChunks(rows).map(chunk => ({ sql, args: [JSON.stringify(chunk)] }))
}

/** Like `insertRows`, but updates rows with an existing primary key. */
export const upsertRows = <T extends SQLiteTable>(table: T, rows: InferInsertModel<T>[]): InStatement[] => {
  const key = getTableConfig(table).primaryKeys.flatMap(({ columns }) => columns.map(nameOf))
  const others = Object.values(getTableColumns(table))
    .map(nameOf)
    .filter(name => !key.includes(name))
  const set = others.map(name => `"${name}" = excluded."${name}"`).join(', ')
  return insertRows(table, rows, `on conflict (${key.join(', ')}) do update set ${set}`)
}

export const inChunks = <T>(rows: T[]): T[][] => {
  const chunks: T[][] = []
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT)
    chunks.push(rows.slice(at, at + ROWS_PER_STATEMENT))
  return chunks
}

/** A column's name in the database, which is snake_case. */
const nameOf = (column: SQLiteColumn): string => (column.keyAsName ? toSnakeCase(column.name) : column.name)
