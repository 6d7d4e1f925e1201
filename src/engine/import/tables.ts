/**
 * How rows travel from the parsing threads to DuckDB: every column of a table, in the table's order, with the type it
 * has on the way and the type of the column. A test holds these lists against the migrations.
 */
import type { AppendTarget, ScalarType } from '../db/append/buffers'

/** `real`: doubles where NaN and the infinities are values; in `f64` they are null. */
export type Wire = 'text' | 'i64' | 'u64' | 'f64' | 'real' | 'bool' | 'list'

export interface ColumnSpec {
  readonly name: string
  readonly wire: Wire
  readonly target: AppendTarget
  /** Who fills it: the format's row, the pipeline (ids, position, keys, raw), or the writer (`seq`, `import_id`). */
  readonly from: 'format' | 'pipeline' | 'writer'
  /** Values hardly repeat: no look-up of texts already sent. */
  readonly distinct?: boolean
}

export type TableName =
  | 'access_event'
  | 'span'
  | 'span_event'
  | 'span_link'
  | 'log_record'
  | 'metric_point'
  | 'metric_series'

/** Texts of these columns hardly repeat within a few thousand rows. */
const distinct: ReadonlySet<string> = new Set([
  'source_event_id',
  'request_id',
  'raw',
  'attributes',
  'body',
  'details',
  'span_id',
])

function scalar(name: string, wire: Wire, type: ScalarType): ColumnSpec {
  return { name, wire, target: { type }, from: 'format', distinct: distinct.has(name) }
}
const text = (name: string) => scalar(name, 'text', 'VARCHAR')
const texts = (...names: readonly string[]) => names.map(text)
const i64 = (name: string) => scalar(name, 'i64', 'BIGINT')
const u64 = (name: string) => scalar(name, 'u64', 'UBIGINT')
const f64 = (name: string) => scalar(name, 'f64', 'DOUBLE')
const real = (name: string) => scalar(name, 'real', 'DOUBLE')
const bool = (name: string) => scalar(name, 'bool', 'BOOLEAN')
const time = (name: string) => scalar(name, 'i64', 'TIMESTAMP')
/** Whole numbers below 2^53 travel as doubles: no BigInt a cell. */
const whole = (name: string, type: ScalarType) => scalar(name, 'f64', type)
const list = (name: string, fields?: readonly string[]): ColumnSpec => ({
  name,
  wire: 'list',
  target: fields === undefined ? { type: 'LIST' } : { type: 'LIST', fields },
  from: 'format',
})

const pipeline = (spec: ColumnSpec): ColumnSpec => ({ ...spec, from: 'pipeline' })
const importId: ColumnSpec = { ...whole('import_id', 'UINTEGER'), from: 'writer' }
/** What every row of a record begins with. */
const head = (id: string): readonly ColumnSpec[] => [
  pipeline(u64(id)),
  { ...whole('seq', 'BIGINT'), from: 'writer' },
  importId,
  pipeline(whole('record_no', 'UBIGINT')),
  pipeline(text('member')),
  ...['line', 'byte_offset', 'byte_length'].map((name) => pipeline(whole(name, 'BIGINT'))),
]
const keys = [u64('dup_key'), u64('dup_alt')].map(pipeline)
const ofSpan = [text('trace_id'), text('span_id'), u64('span_row_id'), whole('ordinal', 'UINTEGER')].map(pipeline)

export const tables: Readonly<Record<TableName, readonly ColumnSpec[]>> = {
  access_event: [
    ...head('event_id'),
    ...texts('source', 'source_event_id'),
    time('ts'),
    time('ts_end'),
    ...texts('ts_precision', 'ts_kind', 'class', 'activity', 'action', 'service', 'permission'),
    bool('read_only'),
    ...texts('outcome', 'outcome_code', 'outcome_reason', 'policy', 'policy_type', 'policy_effect'),
    ...texts('actor_key', 'actor_id', 'actor_name', 'actor_email', 'actor_tenant', 'actor_type'),
    ...texts('effective_id', 'effective_name'),
    list('chain', ['kind', 'id', 'name', 'type']),
    ...texts('session_id', 'credential_id', 'credential_type'),
    bool('mfa'),
    text('src_ip'),
    pipeline(u64('src_ip_hi')),
    pipeline(u64('src_ip_lo')),
    whole('src_port', 'USMALLINT'),
    text('src_host'),
    list('ip_chain'),
    ...texts('src_country', 'src_city'),
    f64('src_lat'),
    f64('src_lon'),
    ...texts('src_asn', 'src_as_org'),
    bool('src_is_proxy'),
    ...texts('user_agent', 'ua_family'),
    ...texts('resource_key', 'resource_type', 'resource_name', 'resource_tenant', 'resource_ns', 'resource_region'),
    list('resources', ['key', 'type']),
    ...texts('reason', 'reason_field'),
    list('ticket_ids'),
    text('request_id'),
    list('correlation_ids', ['kind', 'value']),
    ...texts('trace_id', 'span_id', 'trace_source', 'http_method', 'http_path'),
    whole('http_status', 'USMALLINT'),
    ...texts('db_name', 'db_statement', 'db_fingerprint'),
    ...['db_rows', 'bytes_in', 'bytes_out', 'duration_us'].map(i64),
    list('flags'),
    ...keys,
    pipeline(text('raw')),
  ],
  span: [
    ...head('row_id'),
    ...texts('trace_id', 'span_id', 'parent_span_id', 'name', 'kind', 'service'),
    i64('start_ns'),
    i64('duration_ns'),
    pipeline(time('ts')),
    ...texts('status', 'status_message', 'trace_state'),
    whole('flags', 'UINTEGER'),
    ...texts('scope_name', 'scope_version', 'attributes', 'resource', 'http_method', 'http_route'),
    whole('http_status', 'USMALLINT'),
    ...texts('user_id', 'client_address', 'db_name', 'db_statement'),
    ...texts('aws_request_id', 'k8s_audit_id', 'x_request_id', 'url_path', 'user_agent', 'db_user', 'db_fingerprint'),
    ...texts('peer_address', 'host_address', 'pod', 'rpc_service', 'rpc_method', 'cloud_resource'),
    ...keys,
  ],
  span_event: [...ofSpan, text('name'), i64('time_ns'), text('attributes')],
  span_link: [...ofSpan, ...texts('linked_trace_id', 'linked_span_id', 'attributes')],
  log_record: [
    ...head('row_id'),
    text('source'),
    time('ts'),
    text('ts_precision'),
    i64('time_ns'),
    ...texts('service', 'severity', 'event_name', 'body', 'trace_id', 'span_id', 'attributes', 'resource'),
    ...keys,
  ],
  metric_point: [
    ...head('row_id'),
    pipeline(u64('series_id')),
    time('ts'),
    i64('time_ns'),
    i64('start_ns'),
    real('value'),
    u64('count'),
    real('sum'),
    text('details'),
    list('exemplar_trace_ids'),
    ...keys,
  ],
  metric_series: [
    pipeline(u64('series_id')),
    ...texts('name', 'unit', 'kind', 'temporality'),
    bool('monotonic'),
    ...texts('description', 'service', 'scope_name', 'scope_version', 'attributes', 'resource'),
  ],
}

export const tableNames: readonly TableName[] = [
  'access_event',
  'span',
  'span_event',
  'span_link',
  'log_record',
  'metric_point',
  'metric_series',
]

export type RootTable = 'access_event' | 'span' | 'log_record' | 'metric_point'

/** Tables whose rows carry an identity and are checked for duplicates; the others follow a row of one of these. */
export function isRootTable(name: TableName): name is RootTable {
  return name === 'access_event' || name === 'span' || name === 'log_record' || name === 'metric_point'
}

/** Whose rows own the rows of a table that is no root table. */
export function parentTable(name: TableName): RootTable {
  return name === 'metric_series' ? 'metric_point' : 'span'
}
