/** The story of the sample as the analyses tell it: the read past the application, and the changes behind refusals. */
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coverageMap } from '../../../src/engine/coverage/map'
import { listDenials } from '../../../src/engine/denial/list'
import { denialPath } from '../../../src/engine/denial/path'
import { importSources } from '../../../src/engine/import/import'
import { computeLinks } from '../../../src/engine/links/handlers'
import { listOutOfBand } from '../../../src/engine/outOfBand/list'
import { type TempCase, tempCase } from '../../support/tempCase'

let temp: TempCase
beforeAll(async () => {
  temp = await tempCase()
  await importSources(temp.session, { paths: [resolve(import.meta.dirname, '../../../resources/sample')] })
  await computeLinks(temp.session.db)
}, 240_000)
afterAll(() => temp.remove())

const asking = () => ({ db: temp.session.db, now: new Date('2026-03-18T00:00:00Z') })

describe('the sample', () => {
  it('shows the read past the application first', async () => {
    const { groups } = await listOutOfBand(asking(), { where: '', verdicts: ['out_of_band'], limit: 100 })
    expect(groups[0]).toMatchObject({ actor: 'orders_app', address: '10.20.7.113', basis: 'identity', outOfBand: 9 })
  })

  it('finds the change behind each refusal of the report', async () => {
    const { denials } = await listDenials(asking(), { scope: { filter: '' }, limit: 500 })
    const found = []
    for (const { event_id, actor } of denials.filter((row) =>
      ['batch-runner', 'report_ro'].includes(row.actor ?? ''),
    )) {
      const path = await denialPath(asking(), event_id)
      expect(path.steps.at(-1)).toMatchObject({ kind: 'denial', event_id })
      expect(path.steps.some(({ marks }) => marks.includes('failing'))).toBe(true)
      found.push(`${actor}: ${path.pivot?.action}`)
    }
    expect(found.sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'batch-runner: DetachRolePolicy'),
      ...Array.from({ length: 3 }, () => 'report_ro: REVOKE'),
    ])
  }, 60_000)

  it('has no covered cell in an area without links', async () => {
    const { rows } = await coverageMap(asking(), { scope: { filter: '' }, buckets: 30, maxRows: 100 })
    for (const row of rows.filter(({ kind, linked }) => kind === 'area' && linked === 0))
      expect(row.cells.every(([, , , , state]) => state === 'uncovered')).toBe(true)
  })
})
