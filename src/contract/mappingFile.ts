/**
 * The mapping file: how records of a source without a format of its own fill the normalised columns. Here is what the
 * file may say; patterns, paths, zones and time formats are checked where they are compiled (engine/formats/generic).
 */
import { z } from 'zod'

/** What a column takes, and so how a value of the source is read for it. */
export const columnKinds = {
  actor_id: 'text',
  actor_name: 'text',
  actor_email: 'text',
  actor_tenant: 'text',
  actor_type: 'actorType',
  action: 'text',
  outcome: 'outcome',
  outcome_code: 'text',
  outcome_reason: 'text',
  class: 'class',
  activity: 'activity',
  service: 'text',
  permission: 'text',
  read_only: 'boolean',
  resource_key: 'text',
  resource_type: 'text',
  resource_name: 'text',
  resource_tenant: 'text',
  resource_ns: 'text',
  resource_region: 'text',
  src_ip: 'address',
  src_port: 'port',
  src_host: 'text',
  ip_chain: 'texts',
  src_country: 'text',
  src_city: 'text',
  src_asn: 'text',
  src_as_org: 'text',
  src_is_proxy: 'boolean',
  user_agent: 'text',
  session_id: 'text',
  credential_id: 'text',
  credential_type: 'text',
  mfa: 'boolean',
  effective_id: 'text',
  effective_name: 'text',
  policy: 'text',
  policy_type: 'text',
  policy_effect: 'policyEffect',
  reason: 'text',
  ticket_ids: 'texts',
  request_id: 'text',
  trace_id: 'traceId',
  span_id: 'spanId',
  http_method: 'text',
  http_path: 'text',
  http_status: 'status',
  db_name: 'text',
  db_statement: 'text',
  db_rows: 'count',
  bytes_in: 'count',
  bytes_out: 'count',
  duration_us: 'duration',
  ts_end: 'time',
} as const

export type MappedColumn = keyof typeof columnKinds

export function isMappedColumn(name: string): name is MappedColumn {
  return Object.hasOwn(columnKinds, name)
}

export const mappedColumns: readonly MappedColumn[] = Object.keys(columnKinds).filter(isMappedColumn)

/** The actor is required: one of these says who it was. */
export const actorColumns = ['actor_id', 'actor_name', 'actor_email'] as const satisfies readonly MappedColumn[]

export const timeFormats = ['auto', 'rfc3339', 'epoch_s', 'epoch_ms', 'epoch_us', 'epoch_ns'] as const

const wellFormed = (text: string) => text.isWellFormed()
const Text = z.string().max(2_000).refine(wellFormed, 'the text holds half a character')
const Place = Text.min(1, 'a place must be named').max(500)

/** `column` is a column of CSV, `path` a place in JSON; both: a place in the JSON text of a CSV cell. */
const PlaceShape = { path: Place.optional(), column: Place.optional() }
const Pattern = Text.min(1).max(1_000).optional()

export const MappingRule = z.strictObject({
  ...PlaceShape,
  /** Searched in the value; its first group, or the whole match, is the value. RE2 syntax. */
  pattern: Pattern,
  /** Values of the source and what they mean here; case does not matter. */
  values: z
    .record(Text, Text)
    .refine((table) => Object.keys(table).length <= 1_000, 'a table of values has at most 1000 lines')
    .optional(),
  /** Where the record says nothing, or says a value that is not known here. Alone: always this. */
  default: Text.optional(),
  /** Of `duration_us` only: what the number counts. */
  unit: z.enum(['s', 'ms', 'us', 'ns']).optional(),
})
export type MappingRule = z.infer<typeof MappingRule>

export const MappingTime = z.strictObject({
  ...PlaceShape,
  /** A time in several places (a date and a time of day): their texts, joined by a space. */
  parts: z.array(z.strictObject(PlaceShape)).min(2).max(4).optional(),
  pattern: Pattern,
  /** One of `timeFormats`, or a pattern with `%Y`, `%m`, `%d` and so on. */
  format: Text.min(1).max(200),
  /** Of times that name none: `UTC`, `+02:00`, or a name such as `Europe/Berlin`. */
  zone: Text.min(1).max(100).optional(),
  kind: z.enum(['start', 'end', 'logged']).optional(),
})
export type MappingTime = z.infer<typeof MappingTime>

/** How records are known again: places that have a value, and places with exactly this text. */
export const MappingMatch = z.strictObject({
  has: z.array(Place).max(500).optional(),
  equals: z.record(Place, Text).optional(),
})

export const MappingId = z.strictObject({ ...PlaceShape, pattern: Pattern })

const correlationColumn = /^correlation_ids\.[A-Za-z0-9_.-]{1,60}$/

export function isColumnName(name: string): boolean {
  return isMappedColumn(name) || correlationColumn.test(name)
}

const Columns = z.record(z.string(), MappingRule).superRefine((columns, context) => {
  const names = Object.keys(columns)
  for (const name of names) {
    const issue = (message: string, path: string[] = [name]) => context.addIssue({ code: 'custom', message, path })
    const rule = columns[name]
    if (!isColumnName(name)) issue(`there is no column “${name.slice(0, 60)}”`)
    if (rule?.path === undefined && rule?.column === undefined && rule?.default === undefined)
      issue('it needs a “path”, a “column” or a “default”')
    if (rule?.unit !== undefined && name !== 'duration_us') issue('only duration_us has a unit', [name, 'unit'])
  }
  if (!actorColumns.some((name) => Object.hasOwn(columns, name)))
    context.addIssue({ code: 'custom', message: `nothing says who acted: map one of ${actorColumns.join(', ')}` })
  if (!Object.hasOwn(columns, 'action'))
    context.addIssue({ code: 'custom', message: 'nothing says what was done: map action' })
})

export const MappingFile = z
  .strictObject({
    version: z.literal(1, 'this version of the mapping file is not known; 1 is'),
    name: Text.min(1).max(100),
    /** Names the system in keys of actors and resources, so that mappings of one system share them; else the name. */
    system: Text.min(1).max(100).optional(),
    /** How records of this kind are known again: places that have a value, and places with exactly this text. */
    match: MappingMatch.optional(),
    /** The array of the records in a JSON document, e.g. `data.items` or `pages[*].items`. */
    records: Place.optional(),
    time: MappingTime,
    columns: Columns,
    /** The source's own id of the record. */
    id: MappingId.optional(),
  })
  .superRefine((mapping, context) => {
    const issue = (message: string, path: string[]) => context.addIssue({ code: 'custom', message, path })
    const { time } = mapping
    const named = time.path !== undefined || time.column !== undefined
    if (named === (time.parts !== undefined)) issue('the time needs a “path”, a “column”, or “parts”', ['time'])
    const places = placesOf(mapping)
    const columns = places.filter(({ place }) => place.column !== undefined)
    const other = places.find(({ place }) => place.column === undefined && place.path !== undefined)
    if (columns.length > 0 && other !== undefined)
      issue('some places are columns of CSV and this one is not: name its column', [...other.where])
    if (columns.length > 0 && mapping.records !== undefined) issue('CSV has no array of records', ['records'])
  })
export type MappingFile = z.infer<typeof MappingFile>

interface NamedPlace {
  readonly where: readonly string[]
  readonly place: { readonly path?: string | undefined; readonly column?: string | undefined }
}

/** Every place that a mapping reads, and where in the mapping it is named. */
export function placesOf(mapping: Pick<MappingFile, 'time' | 'columns' | 'id'>): NamedPlace[] {
  return [
    ...(mapping.time.parts ?? []).map((place, index) => ({ where: ['time', 'parts', String(index)], place })),
    { where: ['time'], place: mapping.time },
    ...Object.entries(mapping.columns).map(([name, place]) => ({ where: ['columns', name], place })),
    ...(mapping.id === undefined ? [] : [{ where: ['id'], place: mapping.id }]),
  ].filter(({ place }) => place.path !== undefined || place.column !== undefined)
}
