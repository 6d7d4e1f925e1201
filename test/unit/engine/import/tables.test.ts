import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sql } from '../../../../src/engine/db/sql'
import { tableNames, tables } from '../../../../src/engine/import/tables'
import { memoryDatabase } from '../../../support/memoryDatabase'

describe('the columns that travel', () => {
  it.each([...tableNames])('are all columns of %s in the order and with the types of the table', async (name) => {
    const db = await memoryDatabase()
    const columns = await db.all(
      z.object({ column_name: z.string(), data_type: z.string() }),
      sql`SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ${name} ORDER BY column_index`,
    )
    expect(tables[name].map(({ name: column, target }) => [column, typeName(target)])).toEqual(
      columns.map(({ column_name, data_type }) => [column_name, data_type.replaceAll('"', '')]),
    )
    await db.close()
  })
})

function typeName(target: (typeof tables)['access_event'][number]['target']): string {
  if (target.type !== 'LIST') return target.type
  if (target.fields === undefined) return 'VARCHAR[]'
  return `STRUCT(${target.fields.map((field) => `${field} VARCHAR`).join(', ')})[]`
}
