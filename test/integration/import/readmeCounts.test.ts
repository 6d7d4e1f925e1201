/**
 * The whole of the third-party exports in one import, held file by file against the facts that their README counted
 * from the bytes: what each file is, and how many records it has.
 */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileAccount } from '../../../src/contract/import'
import { importSources } from '../../../src/engine/import/import'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'
import { type TempCase, tempCase } from '../../support/tempCase'

interface Fact {
  readonly name: string
  readonly format: string
  /** Undefined for files that hold no records (expected outputs of other tools). */
  readonly records: number | undefined
}

/** Rows of the README's table: file | source path | format | records | bytes | facts. */
function facts(): Fact[] {
  return readFileSync(sharedData('README.md'), 'utf8')
    .split('\n')
    .flatMap((line): Fact[] => {
      const match = /^\| (\S+) \| [^|]* \| ([^|]*?) \| ([^|]*?) \| \d+ \| /.exec(line)
      const [, name, format, records] = match ?? []
      if (name === undefined || format === undefined || records === undefined) return []
      return [{ name, format, records: /^\d+$/.test(records) ? Number(records) : undefined }]
    })
}

/** What the README calls a format → ids of ours. */
const ours: Readonly<Record<string, readonly string[]>> = {
  azure: ['azure-activity', 'entra-signin', 'entra-audit'],
  binary: ['otlp-traces'],
  cloudtrail: ['cloudtrail'],
  'gcp-audit': ['gcp-audit'],
  'github-audit': ['github-audit'],
  'google-workspace': ['google-workspace'],
  jaeger: ['jaeger'],
  'k8s-audit': ['k8s-audit'],
  'nezha-log-csv': ['nezha-log'],
  'nezha-trace-csv': ['nezha-trace'],
  o365: ['m365-audit'],
  okta: ['okta'],
  'otlp-logs': ['otlp-logs'],
  'otlp-metrics': ['otlp-metrics'],
  'otlp-traces': ['otlp-traces'],
  'otlp-traces (protobuf)': ['otlp-traces'],
  pg: ['pgaudit'],
  pgcsv: ['pgaudit'],
  prom: ['prometheus'],
  teleport: ['teleport'],
  vault: ['vault-audit'],
  zipkin: ['zipkin'],
}

/** Where our count is another one, and the rule behind it. */
const counted: Readonly<Record<string, { readonly records: number; readonly why: string }>> = {
  'joint-postgres-otlp/orders-api.otlp.pb': { records: 420, why: 'the README counts bytes of protobuf files; spans' },
  'joint-postgres-otlp/web-frontend.otlp.pb': { records: 240, why: 'the README counts bytes of protobuf files; spans' },
  'metrics/prometheus/kube-state-metrics-v2.0.0.prom': {
    records: 1134,
    why: 'a line that is no sample is counted and skipped, not dropped',
  },
  ...Object.fromEntries(
    (
      [
        ['joint-postgres-otlp/postgresql-stderr.log', 287],
        ['postgresql/elastic/test-postgresql-10-default.log', 7],
        ['postgresql/elastic/test-postgresql-10-min-duration-statement.log', 6],
        ['postgresql/elastic/test-postgresql-12-min-duration-statement.log', 10],
        ['postgresql/elastic/test-postgresql-9-6-multi-core.log', 8],
        ['postgresql/elastic/test-postgresql-query-steps-slowlog.log', 2],
        ['postgresql/pgaudit/pgaudit.out', 2092],
        ['postgresql/pgbadger/multiline_param.log', 12],
        ['postgresql/pgbadger/pg_rawcsv.log', 12],
      ] as const
    ).map(([name, records]) => [name, { records, why: 'the README counts lines; an entry of a log may span several' }]),
  ),
}

/** Files that are no export of any system we read, and why. */
const foreign: Readonly<Record<string, string>> = {
  'kubernetes-audit/falco/fal_01_003.json': 'an object with `kind` alone: nothing says what it is',
}

describe.skipIf(!hasSharedData)(`exports of third parties, file by file${sharedDataNotice}`, () => {
  let temp: TempCase
  const accounts = new Map<string, FileAccount>()

  beforeAll(async () => {
    temp = await tempCase()
    const { files } = await importSources(temp.session, { paths: [sharedData()] })
    for (const file of files) accounts.set(file.name.replace(/^data\//, ''), file)
  }, 600_000)
  afterAll(() => temp?.remove())

  it('adds up in every file', () => {
    for (const { name, records } of accounts.values())
      expect
        .soft([name, records.kept + records.duplicate + records.skipped + records.rejected])
        .toEqual([name, records.read])
  })

  const listed = hasSharedData ? facts().filter(({ records }) => records !== undefined) : []

  it.each(listed)('reads $records records of $format in $name', ({ name, format, records }) => {
    const account = accounts.get(name)
    if (account === undefined) throw new Error(`${name} was not imported.`)
    if (name in foreign) {
      expect(account.status).toBe('refused')
      return
    }
    expect([account.status, account.rejects[0]?.reason]).not.toEqual(['refused', account.rejects[0]?.reason])
    expect(account.records.read).toBe(counted[name]?.records ?? records)
    const ids = ours[format]
    if (ids !== undefined)
      expect(
        account.formats.some((id) => ids.includes(id)),
        account.formats.join(),
      ).toBe(true)
  })
})
