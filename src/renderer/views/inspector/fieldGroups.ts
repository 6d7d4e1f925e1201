/** How the normalised columns are grouped for reading. A column that no group names lands in “Other”. */
export interface FieldGroup {
  readonly title: string
  readonly columns: readonly string[]
}

export const fieldGroups: readonly FieldGroup[] = [
  {
    title: 'What',
    columns: [
      'action',
      'service',
      'class',
      'activity',
      'permission',
      'read_only',
      'outcome',
      'outcome_code',
      'outcome_reason',
    ],
  },
  { title: 'When', columns: ['ts', 'ts_end', 'duration_us', 'ts_precision', 'ts_kind'] },
  {
    title: 'Who',
    columns: [
      'actor_name',
      'actor_email',
      'actor_id',
      'actor_key',
      'actor_type',
      'actor_tenant',
      'effective_name',
      'effective_id',
      'chain',
      'session_id',
      'credential_id',
      'credential_type',
      'mfa',
    ],
  },
  {
    title: 'From where',
    columns: [
      'src_ip',
      'src_host',
      'src_port',
      'ip_chain',
      'src_country',
      'src_city',
      'src_lat',
      'src_lon',
      'src_asn',
      'src_as_org',
      'src_is_proxy',
      'user_agent',
      'ua_family',
    ],
  },
  {
    title: 'On what',
    columns: [
      'resource_name',
      'resource_key',
      'resource_type',
      'resource_ns',
      'resource_region',
      'resource_tenant',
      'resources',
    ],
  },
  { title: 'Why', columns: ['policy', 'policy_type', 'policy_effect', 'reason', 'reason_field', 'ticket_ids'] },
  {
    title: 'Request',
    columns: [
      'request_id',
      'trace_id',
      'span_id',
      'trace_source',
      'correlation_ids',
      'http_method',
      'http_path',
      'http_status',
      'bytes_in',
      'bytes_out',
    ],
  },
  { title: 'Database', columns: ['db_name', 'db_statement', 'db_fingerprint', 'db_rows'] },
  { title: 'Record', columns: ['source', 'source_event_id', 'event_id', 'flags'] },
]

/** Said elsewhere in the inspector, or meant for paging only. */
const hidden = new Set([
  'raw',
  'seq',
  'ts_us',
  'import_id',
  'record_no',
  'member',
  'line',
  'byte_offset',
  'byte_length',
  'src_ip_hi',
  'src_ip_lo',
  'dup_key',
  'dup_alt',
])

/** Groups with the columns that the row has; own keys only. */
export function groupFields(row: Readonly<Record<string, unknown>>): readonly FieldGroup[] {
  const present = new Set(
    Object.keys(row).filter((key) => row[key] !== null && row[key] !== undefined && !hidden.has(key)),
  )
  const groups = fieldGroups.map(({ title, columns }) => ({
    title,
    columns: columns.filter((column) => present.delete(column)),
  }))
  return [...groups, { title: 'Other', columns: [...present].sort() }].filter(({ columns }) => columns.length > 0)
}
