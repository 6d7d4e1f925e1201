/** A generated workload in a temporary folder, with its truth and its files read by plain means: no reader of ours. */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { resolveOptions } from '../../scripts/generate/options.mjs'
import { exportsFolder, generate } from '../../scripts/generate/run.mjs'

const EventTruth = z.object({
  row: z.literal('event'),
  source: z.string(),
  id: z.string().optional(),
  file: z.string(),
  record: z.int().min(0),
  time_us: z.int(),
  what: z.string(),
  link: z.enum(['pair', 'trace', 'orphan']),
  verdict: z.enum(['explained', 'sampled', 'span_lost', 'out_of_coverage', 'out_of_band', 'not_expected']),
  why: z.string().optional(),
  ids: z.enum(['kept', 'removed', 'wrong']).optional(),
  trace_id: z.string().optional(),
  span_id: z.string().optional(),
  same: z.array(z.string()).optional(),
  path: z.array(z.string()).optional(),
  service: z.string().optional(),
  person: z.string().optional(),
  outcome: z.string().optional(),
  incident: z.string().optional(),
  pivot: z.string().nullable().optional(),
  attempt: z.int().optional(),
})
const SpanTruth = z.object({
  row: z.literal('span'),
  source: z.string(),
  trace_id: z.string(),
  span_id: z.string(),
  same: z.array(z.string()).optional(),
  why: z.enum(['record_dropped', 'silent_source', 'not_audited']),
})
const TruthRow = z.discriminatedUnion('row', [EventTruth, SpanTruth])

const Counts = z.record(z.string(), z.int())
const Summary = z.object({
  version: z.literal(1),
  from_us: z.int(),
  to_us: z.int(),
  clocks: z.object({ sources: z.record(z.string(), z.object({ offset_us: z.int(), precision: z.string() })) }),
  counts: z.object({
    produced: Counts,
    events: Counts,
    links: z.record(z.string(), Counts),
    spans: Counts,
    gaps: z.record(z.string(), Counts),
  }),
  incidents: z.array(z.looseObject({ id: z.string(), kind: z.string(), source: z.string() })),
  files: z.array(z.object({ path: z.string(), records: z.int() })),
  truth: z.array(TruthRow).optional(),
})

const Attribute = z.object({ key: z.string(), value: z.record(z.string(), z.unknown()) })
/** Checked by hand: there are many, and a schema for each would take most of a test's time. */
const Span = z.custom<GeneratedSpan>((value) => {
  if (typeof value !== 'object' || value === null) return false
  const texts = ['traceId', 'spanId', 'name', 'startTimeUnixNano', 'endTimeUnixNano']
  return texts.every((key) => typeof Reflect.get(value, key) === 'string') && 'attributes' in value && 'status' in value
})
const ExportRequest = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: z.array(Attribute) }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
})

export type EventTruth = z.infer<typeof EventTruth>
export interface GeneratedSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly traceState?: string
  readonly name: string
  readonly startTimeUnixNano: string
  readonly endTimeUnixNano: string
  readonly attributes: readonly z.infer<typeof Attribute>[]
  readonly status: { readonly code?: number }
}

export interface Generated {
  readonly exports: string
  readonly summary: z.infer<typeof Summary>
  readonly events: readonly EventTruth[]
  readonly gaps: readonly z.infer<typeof SpanTruth>[]
  /** By trace id and span id with a slash between. */
  readonly spans: ReadonlyMap<string, GeneratedSpan>
  /** Unpacked text of all exports whose path begins so. */
  text(prefix: string): string
  /** The records of a file of the truth, as text. */
  records(file: string): readonly string[]
  /** SHA-256 of each file, by its path. */
  hashes(): ReadonlyMap<string, string>
  remove(): void
}

export function generated(
  options: Readonly<{
    seed?: number
    scale?: number
    scenario?: string
    axes?: Readonly<Record<string, string>>
  }> = {},
): Generated {
  const folder = mkdtempSync(join(tmpdir(), 'crosstrail-generated-'))
  generate(folder, resolveOptions({ scale: 1_000, ...options }))
  const exports = join(folder, exportsFolder)
  const files = filesUnder(folder)
  const read = (file: string) => {
    const bytes = readFileSync(join(exports, file))
    return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  }
  const text = (prefix: string) =>
    filesUnder(exports)
      .filter((file) => file.startsWith(prefix))
      .map(read)
      .join('')
  const rows = lines(readFileSync(join(folder, 'truth.jsonl'), 'utf8')).map((line) => TruthRow.parse(JSON.parse(line)))
  const cache = new Map<string, readonly string[]>()
  return {
    exports,
    summary: Summary.parse(JSON.parse(readFileSync(join(folder, 'truth.json'), 'utf8'))),
    events: rows.filter((row) => row.row === 'event'),
    gaps: rows.filter((row) => row.row === 'span'),
    spans: new Map(
      lines(text('traces/')).flatMap((line) =>
        ExportRequest.parse(JSON.parse(line)).resourceSpans.flatMap(({ scopeSpans }) =>
          scopeSpans.flatMap(({ spans }) => spans.map((span) => [`${span.traceId}/${span.spanId}`, span] as const)),
        ),
      ),
    ),
    text,
    records: (file) => {
      const known = cache.get(file) ?? (file.endsWith('.gz') ? trailRecords(read(file)) : lines(read(file)))
      cache.set(file, known)
      return known
    },
    hashes: () =>
      new Map(
        files.map((file) => [
          file,
          createHash('sha256')
            .update(readFileSync(join(folder, file)))
            .digest('hex'),
        ]),
      ),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

function trailRecords(text: string): readonly string[] {
  return z
    .object({ Records: z.array(z.unknown()) })
    .parse(JSON.parse(text))
    .Records.map((record) => JSON.stringify(record))
}

function lines(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '')
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => relative('.', name).split(sep).join('/'))
    .sort()
}

export function attribute(span: GeneratedSpan, key: string): string | undefined {
  const value = span.attributes.find((item) => item.key === key)?.value
  if (value === undefined) return undefined
  return typeof value.stringValue === 'string' ? value.stringValue : JSON.stringify(value)
}
