/** The fields of access events: the columns of the normalised event, friendly names for them, and what hangs on it. */
import type { FieldInfo } from '../../../contract/events'
import { sql } from '../../db/sql'
import { addressClasses } from '../../enrich/addressClass'
import { addressFields, anyHop, lookedUpColumns } from '../../enrich/fields'
import type { FieldName } from './ast'
import { filterError } from './error'
import type { Field, FieldTable, FieldType, Special } from './field'
import { jsonArrayPath, jsonPointer } from './jsonPath'

function field(
  name: string,
  type: FieldType,
  description: string,
  aliases: readonly string[] = [],
  more: Partial<Field> = {},
): Field {
  return { name, type, columns: [name], description, aliases, ...more }
}

/** Known of the client address, not of the record. */
function computed(name: keyof typeof addressFields, description: string, aliases: readonly string[] = []): Field {
  return field(name, 'text', description, aliases, { computed: addressFields[name] })
}

function listField(name: string, column: string, member: string | undefined, description: string): Field {
  return field(name, 'text', description, [], { columns: [column], list: member === undefined ? {} : { member } })
}

const fields: readonly Field[] = [
  field('event_id', 'number', 'Id of the event in this case', ['id', 'event']),
  field('source', 'text', 'Which kind of log the event is from', ['src']),
  field('source_event_id', 'text', "The source's own id of the event"),
  field('ts', 'time', 'Start of the attempt, UTC', ['time', 'timestamp', '@timestamp']),
  field('ts_end', 'time', 'End of the attempt, where known'),
  field('ts_precision', 'text', 'Precision of the time: s, ms or us'),
  field('ts_kind', 'text', 'What the time is in this source: start, end or logged'),
  field('class', 'text', 'Class of the event: authn, session, api, data, query, iam, policy, config, network, other'),
  field('activity', 'text', 'What kind of act: create, read, list, update, delete, execute, login, grant …'),
  field('action', 'text', 'Native operation name', ['operation', 'verb', 'event_name']),
  field('service', 'text', 'Service that received the request', ['svc']),
  field('permission', 'text', 'Permission that was checked'),
  field('read_only', 'boolean', 'Whether the act only reads', ['readonly']),
  field('outcome', 'text', 'success, denied, auth_failed, throttled, failed, interrupted or unknown', ['result']),
  field('outcome_code', 'text', 'Native result code', ['error_code']),
  field('outcome_reason', 'text', 'Native result text', ['error', 'error_message']),
  field('policy', 'text', 'Policy that decided'),
  field('policy_type', 'text', 'Kind of that policy'),
  field('policy_effect', 'text', 'allow, explicit_deny, implicit_deny or quota'),
  field('actor_key', 'text', 'Who: the key under which the identity is joined'),
  field('actor', 'text', 'Who: key, id, name or mail address', ['user', 'who', 'principal'], {
    columns: ['actor_key', 'actor_name', 'actor_email', 'actor_id'],
  }),
  field('actor_id', 'text', 'Native id of the actor'),
  field('actor_name', 'text', 'Display or login name of the actor', ['username', 'user_name']),
  field('actor_email', 'text', 'Mail address of the actor', ['email', 'mail']),
  field('actor_tenant', 'text', 'Account, organisation or domain of the actor', ['tenant', 'account']),
  field('actor_type', 'text', 'user, service_account, role, root, app, bot, db_user, system, anonymous, unknown'),
  field('role', 'text', 'Identity whose rights were used: id or name', ['effective'], {
    columns: ['effective_id', 'effective_name'],
  }),
  field('effective_id', 'text', 'Id of the identity whose rights were used'),
  field('effective_name', 'text', 'Name of the identity whose rights were used'),
  field('chain', 'text', 'Any id or name on the way from the actor to the effective identity', [], {
    columns: ['chain'],
    list: { member: 'id|name' },
  }),
  listField('chain.kind', 'chain', 'kind', 'Kind of a hop: login, assume_role, federation, impersonate …'),
  listField('chain.id', 'chain', 'id', 'Id of a hop'),
  listField('chain.name', 'chain', 'name', 'Name of a hop'),
  listField('chain.type', 'chain', 'type', 'Type of a hop'),
  field('session_id', 'text', 'Session', ['session', 'sid']),
  field('credential_id', 'text', 'Key or token that was used', ['credential', 'access_key']),
  field('credential_type', 'text', 'Kind of that key or token'),
  field('mfa', 'boolean', 'Whether a second factor was used'),
  field('src_ip', 'ip', 'Client address; takes networks such as 10.0.0.0/8', [
    'ip',
    'client_ip',
    'address',
    'source_ip',
  ]),
  field('src_port', 'number', 'Client port', ['port']),
  field('src_host', 'text', 'Client host or service name', ['host']),
  listField('ip_chain', 'ip_chain', undefined, 'Forwarded addresses, as the source orders them'),
  field('src_country', 'text', 'Country of the client, as the source states it'),
  field('src_city', 'text', 'City of the client, as the source states it'),
  field('src_lat', 'number', 'Latitude'),
  field('src_lon', 'number', 'Longitude'),
  field('src_asn', 'text', 'Autonomous system number of the client, as the source states it'),
  field('src_as_org', 'text', 'Owner of that autonomous system, as the source states it'),
  computed('ip_class', `Kind of the client address: ${addressClasses.join(', ')}`, ['address_class']),
  computed('country', 'Country of the client: of the source, else looked up (see enrich)'),
  computed('city', 'City of the client: of the source, else looked up'),
  computed('asn', 'Autonomous system number of the client: of the source, else looked up'),
  computed('as_org', 'Owner of that autonomous system: of the source, else looked up'),
  computed('cloud', 'Cloud or label whose range holds the client address, by the lists that were given'),
  computed('cloud_service', 'Service of that cloud'),
  computed('cloud_region', 'Region of that cloud'),
  field('src_is_proxy', 'boolean', 'Whether the source calls the client a proxy', ['proxy']),
  field('user_agent', 'text', 'User agent, as the client states it', ['agent', 'ua']),
  field('ua_family', 'text', 'Product name of the user agent'),
  field('resource', 'text', 'Main target: key or name', ['target', 'object'], {
    columns: ['resource_key', 'resource_name'],
  }),
  field('resource_key', 'text', 'Canonical key of the main target'),
  field('resource_type', 'text', 'Type of the main target'),
  field('resource_name', 'text', 'Name of the main target'),
  field('resource_tenant', 'text', 'Account or organisation of the target'),
  field('resource_ns', 'text', 'Namespace of the target', ['namespace', 'ns']),
  field('resource_region', 'text', 'Region of the target', ['region']),
  listField('resources', 'resources', 'key', 'Keys of all targets'),
  listField('resources.key', 'resources', 'key', 'Keys of all targets'),
  listField('resources.type', 'resources', 'type', 'Types of all targets'),
  field('reason', 'text', 'Stated justification', ['why']),
  field('reason_field', 'text', 'Where the justification was found'),
  field('ticket_ids', 'text', 'Ticket and change numbers', ['ticket'], { list: {} }),
  field('request_id', 'text', 'Main request id', ['request']),
  listField('correlation_ids', 'correlation_ids', 'value', 'All other ids'),
  listField('correlation_ids.value', 'correlation_ids', 'value', 'All other ids'),
  listField('correlation_ids.kind', 'correlation_ids', 'kind', 'Kinds of the other ids'),
  field('trace_id', 'text', 'Trace id, as the record states it', ['trace']),
  field('span_id', 'text', 'Span id, as the record states it', ['span']),
  field('trace_source', 'text', 'Where the trace id was found'),
  field('http_method', 'text', 'HTTP method', ['method']),
  field('http_path', 'text', 'HTTP path', ['path', 'url']),
  field('http_status', 'number', 'HTTP status', ['status', 'code']),
  field('db_name', 'text', 'Database', ['db', 'database']),
  field('db_statement', 'text', 'SQL statement', ['statement', 'query']),
  field('db_fingerprint', 'text', 'Statement without literals and comments', ['fingerprint']),
  field('db_rows', 'number', 'Rows read or written', ['rows']),
  field('bytes_in', 'number', 'Bytes received'),
  field('bytes_out', 'number', 'Bytes sent', ['bytes']),
  field('duration_us', 'duration', 'Duration; plain numbers are microseconds, else 100ms, 2s', ['duration'], {
    unitNs: 1_000n,
  }),
  field('flags', 'text', 'privileged, dry_run, hidden_denial, clock_suspect, truncated …', ['flag'], { list: {} }),
  field('import_id', 'number', 'Number of the imported file'),
  field('record_no', 'number', 'Number of the record within its file'),
  field('member', 'text', 'Member of the archive or folder'),
  field('line', 'number', 'Line of the record'),
]

function info(name: string, type: FieldInfo['type'], description: string, aliases: string[] = []): FieldInfo {
  return { name, column: name, type, description, aliases }
}

/** Names of what is looked up for the forwarded addresses. */
const hopFacts = Object.keys(lookedUpColumns)

const specials: readonly FieldInfo[] = [
  info('raw', 'text', 'Exact text of the record; raw.<path> asks one place of a JSON record'),
  ...hopFacts.map((fact) =>
    info(`ip_chain.${fact}`, 'text', `${fact} of any forwarded address, as looked up (see enrich)`),
  ),
  info('file', 'text', 'Name or SHA-256 of the imported file'),
  info('linked', 'boolean', 'Whether the event is linked to a trace'),
  info('link.level', 'text', 'Level of a link: certain, strong, likely or possible'),
  info('link.trace', 'text', 'Trace that the event is linked to'),
  info('link.span', 'text', 'Span that the event is linked to'),
  info('link.method', 'text', 'How a link was made'),
  info('note', 'text', 'true where the event has a note, or text that a note of it contains'),
  info('tag', 'text', "Tag of the event's mark or of one of its notes", ['tags']),
  info('star', 'boolean', 'Whether the analyst starred the event'),
  info('verdict', 'text', "The analyst's verdict: benign, suspicious, malicious or unknown"),
  info('severity', 'text', "The analyst's severity: info, low, medium, high or critical"),
  info('technique', 'text', 'ATT&CK technique that the analyst gave the event', ['attack']),
]

/** A link that the analyst rejected no longer counts as one. */
const standing = sql`coalesce(verdict, '') <> 'rejected'`

function related(table: 'link' | 'note', expression: Special & { kind: 'expression' }): Special {
  const wrap =
    table === 'link'
      ? (inner: ReturnType<typeof sql>) =>
          sql`event_id IN (SELECT l.event_id FROM link l WHERE ${standing} AND (${inner}))`
      : (inner: ReturnType<typeof sql>) => sql`event_id IN (SELECT TRY_CAST(n.target_id AS UBIGINT) FROM note n
          WHERE n.target_kind = 'event' AND NOT n.deleted AND (${inner}))`
  return { kind: 'related', type: expression.type, expression: expression.expression, wrap }
}

function marked(inner: ReturnType<typeof sql>): ReturnType<typeof sql> {
  return sql`event_id IN (SELECT TRY_CAST(m.target_id AS UBIGINT) FROM mark m WHERE m.target_kind = 'event' AND (${inner}))`
}

function textOf(expression: ReturnType<typeof sql>): Special & { kind: 'expression' } {
  return { kind: 'expression', type: 'text', list: false, expression }
}

function special(name: FieldName): Special | undefined {
  const [head = '', ...rest] = name.segments
  if (head.toLowerCase() === 'raw') return rest.length === 0 ? textOf(sql`raw`) : rawPath(name, rest)
  const text = name.segments.join('.').toLowerCase()
  const hop = Object.entries(lookedUpColumns).find(([fact]) => text === `ip_chain.${fact}`)
  if (hop !== undefined) return { kind: 'related', type: 'text', expression: sql`a.${sql.ident(hop[1])}`, wrap: anyHop }
  switch (text) {
    case 'linked':
      return { kind: 'switch', condition: sql`event_id IN (SELECT l.event_id FROM link l WHERE ${standing})` }
    case 'link.level':
      return related('link', textOf(sql`l."level"`))
    case 'link.trace':
      return related('link', textOf(sql`l.trace_id`))
    case 'link.span':
      return related('link', textOf(sql`l.span_id`))
    case 'link.method':
      return related('link', textOf(sql`l."method"`))
    case 'note':
      return related('note', textOf(sql`n."text"`))
    case 'tag':
    case 'tags': {
      const wrap = (inner: ReturnType<typeof sql>) => sql`event_id IN (SELECT TRY_CAST(n.target_id AS UBIGINT)
        FROM (SELECT target_id, target_kind, unnest(tags) AS tag FROM note WHERE NOT deleted
          UNION ALL SELECT target_id, target_kind, unnest(tags) FROM mark) n
        WHERE n.target_kind = 'event' AND (${inner}))`
      return { kind: 'related', type: 'text', expression: sql`n.tag`, wrap }
    }
    case 'star':
      return { kind: 'switch', condition: marked(sql`m.star`) }
    case 'verdict':
      return { kind: 'related', type: 'text', expression: sql`m.verdict`, wrap: marked }
    case 'severity':
      return { kind: 'related', type: 'text', expression: sql`m.severity`, wrap: marked }
    case 'technique':
    case 'attack': {
      const wrap = (inner: ReturnType<typeof sql>) => sql`event_id IN (SELECT TRY_CAST(m.target_id AS UBIGINT)
        FROM (SELECT target_id, target_kind, unnest(techniques) AS technique FROM mark) m
        WHERE m.target_kind = 'event' AND (${inner}))`
      return { kind: 'related', type: 'text', expression: sql`m.technique`, wrap }
    }
    case 'file': {
      const wrap = (inner: ReturnType<typeof sql>) =>
        sql`import_id IN (SELECT f.import_id FROM (SELECT import_id, unnest([name, sha256]) AS label FROM source_file) f
          WHERE ${inner})`
      return { kind: 'related', type: 'text', expression: sql`f.label`, wrap }
    }
    default:
      return undefined
  }
}

/** Records that are no JSON have no paths; they give NULL instead of an error. */
function rawPath(name: FieldName, segments: readonly string[]): Special {
  if (segments.some((segment) => segment === ''))
    throw filterError(
      `A part of the path ${name.text} is empty; put a key that holds dots in quotes.`,
      name.place.start,
    )
  const arrays = jsonArrayPath(segments)
  const path = arrays ?? jsonPointer(segments)
  const expression = sql`(CASE WHEN json_valid(raw) THEN json_extract_string(raw, ${path}) END)`
  return { kind: 'expression', type: 'json', list: arrays !== undefined, expression }
}

export const eventFields: FieldTable = {
  table: 'access_event',
  fields,
  specials,
  special,
  textColumns: [
    'action',
    'service',
    'outcome',
    'outcome_code',
    'outcome_reason',
    'policy',
    'actor_key',
    'actor_name',
    'actor_email',
    'actor_id',
    'actor_tenant',
    'effective_id',
    'effective_name',
    'src_ip',
    'src_host',
    'user_agent',
    'session_id',
    'resource_key',
    'resource_name',
    'resource_type',
    'request_id',
    'db_statement',
    'raw',
  ],
}
