/** A real recording whose trace ids were taken away, held against the links that the ids give. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../../../src/engine/db/database'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { computeLinks } from '../../../src/engine/links/handlers'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'
import { type TempCase, tempCase } from '../../support/tempCase'

const Row = z.object({ record: z.number(), level: z.string(), trace_id: z.string(), span_id: z.string().nullable() })

const linksOf = (db: Database) =>
  db.all(
    Row,
    sql`
      SELECT e.record_no::INTEGER AS record, l."level", l.trace_id, l.span_id FROM link l JOIN access_event e ON e.event_id = l.event_id
      WHERE NOT starts_with(e.db_statement, 'SELECT 1 FROM ONLY') ORDER BY e.record_no`,
  )

describe.skipIf(!hasSharedData)(`a recording whose statements name no trace${sharedDataNotice}`, () => {
  let folder: string
  const cases: TempCase[] = []
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'crosstrail-stripped-'))
  })
  afterAll(async () => {
    for (const one of cases) await one.remove()
    rmSync(folder, { recursive: true, force: true })
  })

  async function linked(log: string): Promise<z.infer<typeof Row>[]> {
    const temp = await tempCase()
    cases.push(temp)
    const traces = ['orders-api.otlp.json', 'web-frontend.otlp.json'].map((name) =>
      sharedData('joint-postgres-otlp', name),
    )
    await importSources(temp.session, { paths: [log, ...traces] })
    await computeLinks(temp.session.db)
    return linksOf(temp.session.db)
  }

  it.each(['postgresql.csv', 'postgresql.json'])('is linked right where %s is linked at strong', async (name) => {
    const whole = sharedData('joint-postgres-otlp', name)
    const stripped = join(folder, name)
    const text = readFileSync(whole, 'utf8')
    expect(text).toContain('traceparent')
    writeFileSync(stripped, text.replaceAll(/ ?\/\*traceparent=.*?\*\//g, ''))
    const named = (await linked(whole)).filter(({ level }) => level === 'certain')
    expect(named).toHaveLength(136)
    const found = new Map((await linked(stripped)).map((row) => [row.record, row]))
    const strong = named.filter(({ record }) => found.get(record)?.level === 'strong')
    const wrong = strong.filter(({ record, span_id }) => found.get(record)?.span_id !== span_id)
    expect(wrong).toEqual([])
    expect(strong.length).toBeGreaterThanOrEqual(115)
    // What is less sure is listed all the same, and mostly right.
    const right = named.filter(({ record, span_id }) => found.get(record)?.span_id === span_id)
    expect(right.length).toBeGreaterThanOrEqual(130)
  })
})
