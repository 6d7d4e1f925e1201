/** The same spans in JSON and in protobuf must give the same rows, so that importing both counts duplicates. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { otlpTraces } from '../../../../../src/engine/formats/otlp'
import type { EmittedSpan } from '../../../../../src/engine/formats/spans/draft'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'
import { driveSpans } from '../spans/drive'
import { driveFile } from './wireSupport'

function json(...path: string[]): readonly EmittedSpan[] {
  return driveSpans(otlpTraces, readFileSync(sharedData(...path), 'utf8')).spans
}

function protobuf(...path: string[]): readonly EmittedSpan[] {
  const driven = driveFile(readFileSync(sharedData(...path)))
  expect(driven.rejects).toEqual([])
  return driven.spans
}

function sorted(spans: readonly EmittedSpan[]): readonly EmittedSpan[] {
  return [...spans].sort((a, b) => (a.identity ?? '').localeCompare(b.identity ?? ''))
}

describe.skipIf(!hasSharedData)(`JSON and protobuf renderings${sharedDataNotice}`, () => {
  const folder = 'joint-postgres-otlp'

  it('gives equal rows, events, links and identities for all 660 spans of a recorded workload', () => {
    for (const service of ['orders-api', 'web-frontend']) {
      const fromJson = json(folder, `${service}.otlp.json`)
      expect(sorted(protobuf(folder, `${service}.otlp.pb`))).toEqual(sorted(fromJson))
      expect(new Set(fromJson.map((span) => span.identity)).size).toBe(fromJson.length)
    }
  })

  it('reads what the recording is known to hold', () => {
    const spans = [...json(folder, 'orders-api.otlp.json'), ...json(folder, 'web-frontend.otlp.json')]
    const rows = spans.map((span) => span.row)
    expect(rows.length).toBe(660)
    expect(new Set(rows.map((row) => row.trace_id)).size).toBe(142)
    expect(rows.filter((row) => row.status === 'error').length).toBe(48)
    expect(rows.filter((row) => row.x_request_id !== undefined).length).toBe(120)
    expect(rows.filter((row) => row.db_statement !== undefined).length).toBe(142)
    expect(rows.filter((row) => row.db_name === 'shop').length).toBe(300)
    expect(rows.filter((row) => row.http_method !== undefined).length).toBe(240)
    expect(rows.filter((row) => row.http_status !== undefined).length).toBe(240)
    expect(rows.filter((row) => row.user_id !== undefined).length).toBe(120)
    expect(rows.filter((row) => row.client_address === '127.0.0.1').length).toBe(120)
  })

  it('reads the 4890 spans of a larger set alike from JSON, JSON lines and protobuf', () => {
    const fromJson = sorted(json('traces', 'nezha', '08_50_trace.otlp.json'))
    expect(fromJson.length).toBe(4890)
    expect(new Set(fromJson.map((span) => span.row.trace_id)).size).toBe(71)
    expect(sorted(json('traces', 'nezha', '08_50_trace.otlp.jsonl'))).toEqual(fromJson)
    expect(sorted(protobuf('traces', 'nezha', '08_50_trace.otlp.pb'))).toEqual(fromJson)
  })
})
