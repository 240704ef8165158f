import type { ExternalDatabase } from '@foyer/local-stack'

/** A value in sqld's response. */
interface Value {
  type: string
  value?: string | number
}

interface Answer {
  results: (
    { type: 'ok'; response: { result: { rows: Value[][] } } } | { type: 'error'; error: { message: string } }
  )[]
}

/** Runs statements on a local sqld. @returns the rows of each */
export const query = async (
  database: ExternalDatabase,
  statements: string[]
): Promise<(string | number)[][][]> => {
  const response = await fetch(`${database.url}/v2/pipeline`, {
    method: 'POST',
    headers: { authorization: `Bearer ${database.authToken}` },
    body: JSON.stringify({
      requests: [...statements.map(sql => ({ type: 'execute', stmt: { sql } })), { type: 'close' }]
    })
  })
  const { results } = (await response.json()) as Answer
  return results.slice(0, statements.length).map(result => {
    if (result.type === 'error') throw new Error(result.error.message)
    return result.response.result.rows.map(row =>
      row.map(({ type, value = '' }) => (type === 'integer' ? Number(value) : value))
    )
  })
}

/** Starts counting the rows written to each table, with triggers. */
export const countWrites = async (database: ExternalDatabase): Promise<void> => {
  const [tables = []] = await query(database, [
    `select name from sqlite_master where type = 'table'
      and name not like 'sqlite%' and name not like '\\_\\_%' escape '\\'`
  ])
  const triggers = tables.flatMap(([table]) =>
    ['insert', 'update', 'delete'].map(
      operation => `create trigger bench_${operation}_${table} after ${operation} on "${table}" begin
        insert into bench_writes values ('${table}', 1)
          on conflict do update set written = written + 1;
      end`
    )
  )
  await query(database, [
    'create table bench_writes (table_name text primary key, written integer) without rowid',
    ...triggers
  ])
}

/** Rows written to each table since the last call. */
export const takeWrites = async (database: ExternalDatabase): Promise<Map<string, number>> => {
  const [rows = []] = await query(database, [
    'select table_name, written from bench_writes order by written desc',
    'delete from bench_writes'
  ])
  return new Map(rows.map(([table, written]) => [String(table), Number(written)]))
}

/** Bytes of the document's updates and snapshots in the database. */
export const storedBytes = async (
  database: ExternalDatabase
): Promise<{ updates: number; snapshots: number; activity: number }> => {
  const sum = (expression: string, table: string) => `select coalesce(sum(${expression}), 0) from ${table}`
  const answers = await query(database, [
    sum('length(data)', 'doc_updates'),
    sum('length(data)', 'doc_snapshots'),
    sum(
      "length(key) + length(user_id) + length(coalesce(from_value, '')) + length(coalesce(to_value, ''))",
      'activity'
    )
  ])
  const [updates = 0, snapshots = 0, activity = 0] = answers.map(rows => Number(rows[0]?.[0]))
  return { updates, snapshots, activity }
}
