import { describe, expect, it } from 'vitest'
import type { FileAccount, ZoneAccount } from '../../../../../src/contract/import'
import { addsUp, isMappable, totalsOf, zoneInDoubt } from '../../../../../src/renderer/views/evidence/account'
import { describeProgress, summarize } from '../../../../../src/renderer/views/evidence/importSources'

function file(read: number, rejected: number, firstTs: string | null, lastTs: string | null): FileAccount {
  return {
    name: 'f',
    sha256: '0'.repeat(64),
    sizeBytes: 10,
    formats: [],
    status: 'imported',
    records: { read, kept: read - rejected, duplicate: 0, skipped: 0, rejected },
    rows: { access_event: read - rejected, span: 0, log_record: 0, metric_point: 0 },
    firstTs,
    lastTs,
    rejects: [],
    limits: [],
    zones: null,
  }
}

describe('account', () => {
  it.each<[boolean, Partial<ZoneAccount>]>([
    [true, { assumed: 1 }],
    [false, { assumed: 1, timeZone: 'Europe/Berlin' }],
    [true, { assumed: 1, timeZone: 'Europe/Berlin', ambiguous: 1 }],
    [true, { missing: 1 }],
    [false, { abbreviations: [{ name: 'EST', records: 1, readAs: '-05:00', sample: 'x' }] }],
    [true, { abbreviations: [{ name: 'IST', records: 1, readAs: null, sample: 'x' }] }],
  ])('says %s of doubt about the zones of %j', (doubt, zones) => {
    const plain = { timeZone: null, assumed: 0, ambiguous: 0, missing: 0, sample: null, abbreviations: [] }
    expect(zoneInDoubt({ ...plain, ...zones })).toBe(doubt)
    expect(zoneInDoubt(null)).toBe(false)
  })

  it('sums files and spans their times, also where a file has none', () => {
    const totals = totalsOf([
      file(10, 1, '2023-02-01T00:00:00Z', '2023-02-02T00:00:00Z'),
      file(5, 0, null, null),
      file(1, 0, '2023-01-01T00:00:00Z', '2023-01-01T00:00:00Z'),
    ])
    expect(totals).toMatchObject({
      files: 3,
      sizeBytes: 30,
      firstTs: '2023-01-01T00:00:00Z',
      lastTs: '2023-02-02T00:00:00Z',
    })
    expect(totals.records).toEqual({ read: 16, kept: 15, duplicate: 0, skipped: 0, rejected: 1 })
  })

  it('offers a mapping for a refused file whose bytes are known, until it is in', () => {
    const refused: FileAccount = { ...file(1, 1, null, null), status: 'refused', sha256: 'a'.repeat(64) }
    expect(isMappable(refused, [refused])).toBe(true)
    expect(isMappable(refused, [refused, { ...refused, status: 'imported' }])).toBe(false)
    expect(isMappable({ ...refused, sha256: '0'.repeat(64) }, [])).toBe(false)
    expect(isMappable({ ...refused, status: 'partial' }, [])).toBe(false)
  })

  it('notices an account that does not close', () => {
    expect(addsUp({ read: 4, kept: 1, duplicate: 1, skipped: 1, rejected: 1 })).toBe(true)
    expect(addsUp({ read: 5, kept: 1, duplicate: 1, skipped: 1, rejected: 1 })).toBe(false)
  })
})

describe('import sentences', () => {
  it('tell bytes, records, rate and time left', () => {
    const { detail, fraction } = describeProgress({
      phase: 'reading',
      fileName: 'a.json',
      filesDone: 1,
      filesTotal: 3,
      bytesRead: 1024,
      bytesTotal: 4096,
      records: 7,
      recordsPerSecond: 3.2,
      bytesPerSecond: 1,
      etaMs: 4_200,
    })
    expect(detail).toBe('file 2 of 3: a.json · 1 KiB of 4 KiB · 7 records · 3/s · 4 s left')
    expect(fraction).toBe(0.25)
  })

  it('give an account that adds up', () => {
    const totals = {
      files: 2,
      read: 6,
      kept: 3,
      duplicate: 2,
      skipped: 0,
      rejected: 1,
      access_event: 3,
      span: 0,
      log_record: 0,
      metric_point: 0,
    }
    expect(summarize({ files: [], totals, elapsedMs: 1_500 })).toBe(
      '6 records read from 2 files in 1.5 s: 3 kept, 2 duplicate, 1 rejected.',
    )
  })
})
