import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'
import { type TempCase, tempCase } from '../../support/tempCase'

describe.skipIf(!hasSharedData)(`import of real exports${sharedDataNotice}`, () => {
  let temp: TempCase
  beforeEach(async () => {
    temp = await tempCase()
  })
  afterEach(() => temp.remove())

  const value = async (query: ReturnType<typeof sql>) => Object.values((await temp.session.db.rows(query))[0] ?? {})

  it('reads 44 CloudTrail files whole, and knows them when they come again', async () => {
    const logs: string[] = []
    const options = {
      paths: [sharedData('aws-cloudtrail', 'invictus-aws-dataset')],
      onLog: (text: string) => logs.push(text),
    }
    const first = await importSources(temp.session, options)
    expect(logs).toEqual([])
    expect(first.totals).toMatchObject({
      files: 44,
      read: 2274,
      kept: 2274,
      duplicate: 0,
      rejected: 0,
      access_event: 2274,
    })
    expect(
      await value(sql`
        SELECT count(DISTINCT coalesce(raw->>'$.userIdentity.arn', raw->>'$.userIdentity.principalId',
          raw->>'$.userIdentity.invokedBy', raw->>'$.userIdentity.type')) FROM access_event`),
    ).toEqual([18])
    expect(await value(sql`SELECT count(DISTINCT coalesce(src_ip, src_host)) FROM access_event`)).toEqual([16])
    const second = await importSources(temp.session, options)
    expect(second.totals).toMatchObject({ files: 44, read: 2274, kept: 0, duplicate: 2274, access_event: 0 })
    expect(second.files.every(({ status }) => status === 'duplicate')).toBe(true)
    expect(await value(sql`SELECT count(*) FROM access_event`)).toEqual([2274])
  })

  it.each([
    ['csvlog and OTLP JSON', ['postgresql.csv', 'orders-api.otlp.json', 'web-frontend.otlp.json']],
    ['jsonlog and OTLP protobuf', ['postgresql.json', 'orders-api.otlp.pb', 'web-frontend.otlp.pb']],
    ['everything at once', ['']],
    [
      'the plain log first',
      ['postgresql-stderr.log', 'postgresql.json', 'postgresql.csv', 'orders-api.otlp.json', 'web-frontend.otlp.json'],
    ],
  ])('gives each event and span of the joint recording once: %s', async (_title, names) => {
    const result = await importSources(temp.session, {
      paths: names.map((name) => sharedData('joint-postgres-otlp', name)),
    })
    for (const { records } of result.files)
      expect(records.kept + records.duplicate + records.skipped + records.rejected).toBe(records.read)
    expect(await value(sql`SELECT count(*), count(DISTINCT trace_id) FROM span`)).toEqual([660, 142])
    expect(
      await value(sql`
        SELECT count(*) FILTER (outcome_code IS NULL AND class <> 'authn' AND activity NOT IN ('login', 'logout', 'connect')),
          count(*) FILTER (outcome_code = '42501'), count(*) FILTER (outcome = 'denied'),
          count(DISTINCT trace_id)
        FROM access_event`),
    ).toEqual([expect.any(Number), 12, 12, 136])
    expect(result.totals.rejected).toBe(0)
  })
})
