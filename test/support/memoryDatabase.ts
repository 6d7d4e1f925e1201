import { Database } from '../../src/engine/db/database'
import { migrate } from '../../src/engine/db/migrate'

/** A real DuckDB in memory with the case's tables. Close it after the test. */
export async function memoryDatabase(): Promise<Database> {
  const db = await Database.open({ path: ':memory:' })
  await migrate(db, 'crosstrail/test')
  return db
}
