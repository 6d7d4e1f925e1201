import { describe, expect, it } from 'vitest'
import { catalogueDigest, catalogueFaults } from '../../../../src/engine/db/catalogue'
import { ourCatalogueDigest } from '../../../../src/engine/db/catalogueDigest'
import { sql } from '../../../../src/engine/db/sql'
import { memoryDatabase } from '../../../support/memoryDatabase'

describe('the digest of our catalogue', () => {
  it('is the one that the migrations make', async () => {
    const db = await memoryDatabase()
    expect(await catalogueDigest(db)).toBe(ourCatalogueDigest)
    await db.close()
  })

  it('differs where something was added, and the addition is then named', async () => {
    const db = await memoryDatabase()
    await db.write((writer) => writer.run(sql`CREATE VIEW peek AS SELECT 1`))
    expect(await catalogueDigest(db)).not.toBe(ourCatalogueDigest)
    expect((await catalogueFaults(db)).join()).toContain('peek')
    await db.close()
  })
})
