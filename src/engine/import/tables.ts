/**
 * How rows travel from the parsing threads to DuckDB: one entry per column, with the type it has on the way (in the
 * batch and in the staging table) and the expression that turns it into the column of the case. A test holds these
 * lists against the migrations.
 */
export type Wire = 'text' | 'i64' | 'u64' | 'f64' | 'bool'

export interface ColumnSpec {
  readonly name: string
  readonly wire: Wire
  /** SQL over the staging column `c`; left out: the column as it is. */
  readonly cast?: (c: string) => string
  /** The value is not the format's but the pipeline's: ids, position, keys, raw. */
  readonly added?: boolean
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
  'correlation_ids',
])
const text = (name: string): ColumnSpec => ({ name, wire: 'text', distinct: distinct.has(name) })
const i64 = (name: string): ColumnSpec => ({ name, wire: 'i64' })
const u64 = (name: string): ColumnSpec => ({ name, wire: 'u64' })
const f64 = (name: string): ColumnSpec => ({ name, wire: 'f64' })
/** As text on the way, so that NaN and the infinities are values and not null. */
const double = (name: string): ColumnSpec => ({ name, wire: 'text', cast: (c) => `CAST(${c} AS DOUBLE)` })
const bool = (name: string): ColumnSpec => ({ name, wire: 'bool' })
const time = (name: string): ColumnSpec => ({ name, wire: 'i64', cast: (c) => `make_timestamp(${c})` })
const list = (name: string): ColumnSpec => ({ name, wire: 'text', cast: (c) => `from_json(${c}, '["VARCHAR"]')` })
const structs = (name: string, fields: readonly string[]): ColumnSpec => ({
  name,
  wire: 'text',
  cast: (c) => `from_json(${c}, '[{${fields.map((field) => `"${field}":"VARCHAR"`).join(',')}}]')`,
})

/** Whole numbers below 2^53 travel as doubles: no BigInt a cell. */
const added = (spec: ColumnSpec): ColumnSpec => ({ ...spec, added: true })
const position = [f64('record_no'), text('member'), f64('line'), f64('byte_offset'), f64('byte_length')].map(added)
const identity = [u64('dup_key'), u64('dup_alt')].map(added)

/** Columns that the writer adds for the root tables: `seq` and `import_id`. */
export const tables: Readonly<Record<TableName, readonly ColumnSpec[]>> = {
  access_event: [
    added(u64('event_id')),
    ...position,
    text('source'),
    text('source_event_id'),
    time('ts'),
    time('ts_end'),
    ...['ts_precision', 'ts_kind', 'class', 'activity', 'action', 'service', 'permission'].map(text),
    bool('read_only'),
    ...['outcome', 'outcome_code', 'outcome_reason', 'policy', 'policy_type', 'policy_effect'].map(text),
    ...['actor_key', 'actor_id', 'actor_name', 'actor_email', 'actor_tenant', 'actor_type'].map(text),
    ...['effective_id', 'effective_name'].map(text),
    structs('chain', ['kind', 'id', 'name', 'type']),
    ...['session_id', 'credential_id', 'credential_type'].map(text),
    bool('mfa'),
    text('src_ip'),
    added(u64('src_ip_hi')),
    added(u64('src_ip_lo')),
    f64('src_port'),
    text('src_host'),
    list('ip_chain'),
    ...['src_country', 'src_city'].map(text),
    f64('src_lat'),
    f64('src_lon'),
    ...['src_asn', 'src_as_org'].map(text),
    bool('src_is_proxy'),
    ...['user_agent', 'ua_family'].map(text),
    ...['resource_key', 'resource_type', 'resource_name', 'resource_tenant', 'resource_ns', 'resource_region'].map(
      text,
    ),
    structs('resources', ['key', 'type']),
    ...['reason', 'reason_field'].map(text),
    list('ticket_ids'),
    text('request_id'),
    structs('correlation_ids', ['kind', 'value']),
    ...['trace_id', 'span_id', 'trace_source', 'http_method', 'http_path'].map(text),
    f64('http_status'),
    ...['db_name', 'db_statement', 'db_fingerprint'].map(text),
    ...['db_rows', 'bytes_in', 'bytes_out', 'duration_us'].map(i64),
    list('flags'),
    ...identity,
    added(text('raw')),
  ],
  span: [
    added(u64('row_id')),
    ...position,
    ...['trace_id', 'span_id', 'parent_span_id', 'name', 'kind', 'service'].map(text),
    i64('start_ns'),
    i64('duration_ns'),
    added(time('ts')),
    ...['status', 'status_message', 'trace_state'].map(text),
    f64('flags'),
    ...['scope_name', 'scope_version', 'attributes', 'resource', 'http_method', 'http_route'].map(text),
    f64('http_status'),
    ...['user_id', 'client_address', 'db_name', 'db_statement'].map(text),
    ...['aws_request_id', 'k8s_audit_id', 'x_request_id'].map(text),
    ...identity,
  ],
  span_event: [
    ...[text('trace_id'), text('span_id'), u64('span_row_id'), f64('ordinal')].map(added),
    text('name'),
    i64('time_ns'),
    text('attributes'),
  ],
  span_link: [
    ...[text('trace_id'), text('span_id'), u64('span_row_id'), f64('ordinal')].map(added),
    text('linked_trace_id'),
    text('linked_span_id'),
    text('attributes'),
  ],
  log_record: [
    added(u64('row_id')),
    ...position,
    text('source'),
    time('ts'),
    text('ts_precision'),
    i64('time_ns'),
    ...['service', 'severity', 'event_name', 'body', 'trace_id', 'span_id', 'attributes', 'resource'].map(text),
    ...identity,
  ],
  metric_point: [
    added(u64('row_id')),
    ...position,
    added(u64('series_id')),
    time('ts'),
    i64('time_ns'),
    i64('start_ns'),
    double('value'),
    u64('count'),
    double('sum'),
    text('details'),
    list('exemplar_trace_ids'),
    ...identity,
  ],
  metric_series: [
    added(u64('series_id')),
    ...['name', 'unit', 'kind', 'temporality'].map(text),
    bool('monotonic'),
    ...['description', 'service', 'scope_name', 'scope_version', 'attributes', 'resource'].map(text),
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
