/** The story of the sample as the analyses tell it: the read past the application, and the changes behind refusals. */
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coverageMap } from '../../../src/engine/coverage/map'
import { listDenials } from '../../../src/engine/denial/list'
import { denialPath } from '../../../src/engine/denial/path'
import { listOutOfBand } from '../../../src/engine/outOfBand/list'
import { importedFolder } from './support'

const sample = importedFolder(resolve(import.meta.dirname, '../../../resources/sample'))
beforeAll(sample.open, 120_000)
afterAll(sample.close)

describe('the sample', () => {
  it('shows the read past the application first', async () => {
    const { groups } = await listOutOfBand(sample.asking(), { where: '', verdicts: ['out_of_band'], limit: 100 })
    expect(groups[0]).toMatchObject({ actor: 'orders_app', address: '10.20.7.113', basis: 'identity', outOfBand: 9 })
  })

  it('finds the change behind each refusal of the report', async () => {
    const { denials } = await listDenials(sample.asking(), { scope: { filter: '' }, limit: 500 })
    const found = []
    for (const { event_id, actor } of denials.filter(
      ({ actor }) => actor === 'batch-runner' || actor === 'report_ro',
    )) {
      const path = await denialPath(sample.asking(), event_id)
      expect(path.steps.at(-1)).toMatchObject({ kind: 'denial', event_id })
      expect(path.steps.some(({ marks }) => marks.includes('failing'))).toBe(true)
      found.push(`${actor}: ${path.pivot?.action}`)
    }
    expect(found.sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'batch-runner: DetachRolePolicy'),
      ...Array.from({ length: 3 }, () => 'report_ro: REVOKE'),
    ])
  })

  it('claims coverage only where links are', async () => {
    const { rows } = await coverageMap(sample.asking(), { scope: { filter: '' }, buckets: 30, maxRows: 100 })
    for (const row of rows.filter(({ kind, linked }) => kind === 'area' && linked === 0))
      expect(row.cells.every(([, , , , state]) => state === 'uncovered')).toBe(true)
  })
})
