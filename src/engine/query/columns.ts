/** The columns of an event as they leave the engine, and any field as an expression to count by. */
import { type Sql, sql } from '../db/sql'
import { compileFilter, unknownField } from './filter/compile'
import { eventFields } from './filter/eventFields'
import { type FieldType, findField } from './filter/field'
import { Scanner } from './filter/scanner'

/** All columns of the normalised event, in the order in which they are shown. `raw` is asked for by name. */
export const eventColumns = [
  'event_id',
  'ts',
  'ts_end',
  'ts_precision',
  'ts_kind',
  'source',
  'source_event_id',
  'class',
  'activity',
  'action',
  'service',
  'permission',
  'read_only',
  'outcome',
  'outcome_code',
  'outcome_reason',
  'policy',
  'policy_type',
  'policy_effect',
  'actor_key',
  'actor_id',
  'actor_name',
  'actor_email',
  'actor_tenant',
  'actor_type',
  'effective_id',
  'effective_name',
  'chain',
  'session_id',
  'credential_id',
  'credential_type',
  'mfa',
  'src_ip',
  'src_ip_hi',
  'src_ip_lo',
  'src_port',
  'src_host',
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
  'resource_key',
  'resource_type',
  'resource_name',
  'resource_tenant',
  'resource_ns',
  'resource_region',
  'resources',
  'reason',
  'reason_field',
  'ticket_ids',
  'request_id',
  'correlation_ids',
  'trace_id',
  'span_id',
  'trace_source',
  'http_method',
  'http_path',
  'http_status',
  'db_name',
  'db_statement',
  'db_fingerprint',
  'db_rows',
  'bytes_in',
  'bytes_out',
  'duration_us',
  'flags',
  'import_id',
  'record_no',
] as const

const known: ReadonlySet<string> = new Set(eventColumns)
const asText: ReadonlySet<string> = new Set(['event_id', 'src_ip_hi', 'src_ip_lo'])
const wide: ReadonlySet<string> = new Set(['record_no', 'db_rows', 'bytes_in', 'bytes_out', 'duration_us'])
const floating: ReadonlySet<string> = new Set(['src_lat', 'src_lon'])

/** A column of a result: its key in the row, and the expression that gives it, fit for `json_object`. */
export interface Output {
  readonly key: string
  readonly expression: Sql
}

/** Outputs for `fields`: columns, their aliases, `raw`, or `raw.<path>`. Errors: `filter.invalid` for unknown names. */
export function outputs(fields: readonly string[]): Output[] {
  const seen = new Set<string>()
  return fields.flatMap((name) => {
    const output = outputOf(name)
    if (seen.has(output.key)) return []
    seen.add(output.key)
    return [output]
  })
}

function outputOf(name: string): Output {
  const computed = known.has(name) ? undefined : findField(eventFields, name)
  if (computed?.computed !== undefined) return { key: computed.name, expression: computed.computed }
  const column = known.has(name) || name === 'raw' ? name : findField(eventFields, name)?.columns[0]
  if (column === undefined) return { key: name, expression: specialExpression(name).expression }
  return { key: column, expression: jsonExpression(column) }
}

/** Integers that a JSON reader would round become text; NaN and infinities, which JSON does not know, become null. */
function jsonExpression(column: string): Sql {
  const name = sql.ident(column)
  if (column === 'ts' || column === 'ts_end') return sql`CAST(epoch_us(${name}) AS VARCHAR)`
  if (asText.has(column)) return sql`CAST(${name} AS VARCHAR)`
  if (wide.has(column))
    return sql`CASE WHEN ${name} BETWEEN -9007199254740991 AND 9007199254740991 THEN to_json(${name})
      ELSE to_json(CAST(${name} AS VARCHAR)) END`
  return floating.has(column) ? sql`CASE WHEN isfinite(${name}) THEN ${name} END` : name
}

/** A field as something to group by; a list gives each of its elements, and NULL where it has none. */
export interface Grouping {
  readonly expression: Sql
  /** What `expression` takes its elements from: the list itself; the same as `expression` where it is none. */
  readonly stored: Sql
  readonly type: FieldType
  readonly list: boolean
}

/** Errors: `filter.invalid`, with position 0, for names that cannot be counted by. */
export function groupingOf(name: string): Grouping {
  const field = findField(eventFields, name)
  const column = field?.columns[0]
  if (field === undefined || column === undefined) {
    const special = specialExpression(name)
    return special.list ? listGrouping(special.expression, 'text') : scalarGrouping(special.expression, 'text')
  }
  const { type } = field
  if (field.computed !== undefined) return scalarGrouping(field.computed, type)
  if (field.list === undefined)
    return scalarGrouping(column === 'event_id' ? sql`CAST(event_id AS VARCHAR)` : sql.ident(column), type)
  const member = field.list.member?.split('|')[0]
  return listGrouping(
    member === undefined
      ? sql.ident(column)
      : sql`list_transform(${sql.ident(column)}, lambda x: x.${sql.ident(member)})`,
    type,
  )
}

function scalarGrouping(expression: Sql, type: FieldType): Grouping {
  return { expression, stored: expression, type, list: false }
}

function listGrouping(list: Sql, type: FieldType): Grouping {
  return { expression: unnested(list), stored: list, type, list: true }
}

export function unnested(list: Sql): Sql {
  return sql`unnest(CASE WHEN len(${list}) > 0 THEN ${list} ELSE [NULL] END)`
}

function specialExpression(name: string): { readonly expression: Sql; readonly list: boolean } {
  const parsed = new Scanner(`${name}:`).fieldName()
  const special = parsed === undefined ? undefined : eventFields.special(parsed)
  if (special?.kind === 'expression') return special
  if (special?.kind === 'switch') {
    // A condition as a value, e.g. for counting linked and unlinked events.
    return { expression: sql`coalesce(${compileFilter(`${name}:true`, eventFields, 0n).where}, false)`, list: false }
  }
  throw unknownField(eventFields, name, 0)
}
