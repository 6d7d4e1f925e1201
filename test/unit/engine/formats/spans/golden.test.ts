/** Counts of real exports, against the facts that were computed from the same files by other means. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { jaeger } from '../../../../../src/engine/formats/jaeger'
import { otlpTraces } from '../../../../../src/engine/formats/otlp'
import type { EmittedSpan } from '../../../../../src/engine/formats/spans/draft'
import type { Format } from '../../../../../src/engine/formats/types'
import { zipkin } from '../../../../../src/engine/formats/zipkin'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'
import { documents, driveSpans } from './drive'

const byName: Readonly<Record<string, Format>> = { 'otlp-traces': otlpTraces, jaeger, zipkin }

interface Fact {
  readonly file: string
  readonly format: Format
  readonly records: number
  readonly facts: string
}

function factsOf(): Fact[] {
  if (!hasSharedData) return []
  return readFileSync(sharedData('README.md'), 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .flatMap(([, file = '', , name = '', records = '', , facts = '']) => {
      const format = Object.hasOwn(byName, name) ? byName[name] : undefined
      return format === undefined ? [] : [{ file, format, records: Number(records), facts }]
    })
}

function stated(facts: string, pattern: RegExp): number | undefined {
  const match = pattern.exec(facts)
  return match?.[1] === undefined ? undefined : Number(match[1])
}

/** Spans of these files carry ids that are not hexadecimal ("G", "H", "I"). */
const malformed: Readonly<Record<string, number>> = {
  'traces/jaeger/crisp/15.json': 1,
  'traces/jaeger/crisp/24.json': 3,
}

describe.skipIf(!hasSharedData)(`real trace exports${sharedDataNotice}`, () => {
  const facts = factsOf()

  it('finds the files of all three formats', () => {
    const count = (format: Format) => facts.filter((fact) => fact.format === format).length
    expect([count(otlpTraces), count(jaeger), count(zipkin)]).toEqual([43, 25, 12])
  })

  it('claims no record of any other export', () => {
    const folders = readdirSync(sharedData()).filter((name) => !/^(traces|joint-|sigma-|hostile|README)/.test(name))
    let looked = 0
    for (const folder of folders) {
      for (const name of readdirSync(sharedData(folder), { recursive: true, encoding: 'utf8' })) {
        if (!/\.(json|jsonl|ndjson|log)$/.test(name)) continue
        for (const document of readable(readFileSync(join(sharedData(folder), name), 'utf8'))) {
          looked++
          for (const format of Object.values(byName)) expect(format.json?.match(document, undefined)).toBe(0)
        }
      }
    }
    expect(looked).toBeGreaterThan(500)
  })

  it.each(facts)('keeps what $file states', ({ file, format, records, facts: text }) => {
    const driven = driveSpans(format, readFileSync(sharedData(file), 'utf8'))
    const bad = malformed[file] ?? 0
    expect(driven.read).toBe(records)
    expect(driven.rejects.length).toBe(bad)
    expect(driven.spans.length).toBe(records - bad)
    const { spans } = driven
    expect(new Set(spans.map(({ row }) => row.trace_id)).size).toBe(stated(text, /traces (\d+)/))
    const errors = spans.filter(({ row }) => row.status === 'error').length
    expect(errors).toBe(stated(text, /(?:error spans|error=true spans|error tag) (\d+)/))
    if (format === otlpTraces) {
      expect(spans.filter(({ row }) => row.parent_span_id === undefined).length).toBe(stated(text, /roots (\d+)/))
      expect(total(spans, (span) => span.events?.length)).toBe(stated(text, /span events (\d+)/))
      expect(total(spans, (span) => span.links?.length)).toBe(stated(text, /links (\d+)/))
      expect(earliest(spans)).toBe(BigInt(/first start (\d+)/.exec(text)?.[1] ?? 0))
    }
    if (format === jaeger) {
      expect(total(spans, (span) => span.events?.length)).toBe(stated(text, /logs (\d+)/))
      expect(earliest(spans)).toBe(BigInt(/startTime\(us\) (\d+)/.exec(text)?.[1] ?? 0) * 1000n)
    }
    if (format === zipkin) {
      for (const kind of ['client', 'server', 'producer', 'consumer']) {
        if (text.includes('v1-shape True')) continue
        const kinds = stated(text, new RegExp(`kinds .*?${kind.toUpperCase()} (\\d+)`)) ?? 0
        expect(spans.filter(({ row }) => row.kind === kind).length).toBe(kinds)
      }
    }
  })
})

function readable(text: string): readonly JsonValue[] {
  try {
    return documents(text)
  } catch {
    return []
  }
}

function total(spans: readonly EmittedSpan[], count: (span: EmittedSpan) => number | undefined): number {
  return spans.reduce((sum, span) => sum + (count(span) ?? 0), 0)
}

function earliest(spans: readonly EmittedSpan[]): bigint | undefined {
  return spans.map(({ row }) => row.start_ns).reduce((a, b) => (b < a ? b : a))
}
