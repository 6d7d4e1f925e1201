/** The fields of spans. `attributes.<key>` and `resource.<key>` name keys as OpenTelemetry writes them, with their dots. */
import { sql } from '../../db/sql'
import { lookedUp, lookedUpColumns } from '../../enrich/fields'
import type { FieldName } from './ast'
import type { Field, FieldTable, FieldType, Special } from './field'
import { jsonPointer } from './jsonPath'

function field(
  name: string,
  type: FieldType,
  description: string,
  aliases: readonly string[] = [],
  more: Partial<Field> = {},
): Field {
  return { name, type, columns: [name], description, aliases, ...more }
}

/** What was looked up for an address of the span. */
function known(name: string, of: 'client_address' | 'peer_address', fact: keyof typeof lookedUpColumns): Field {
  const whose = of === 'client_address' ? 'client' : 'server that a client called'
  return field(name, 'text', `${fact} of the ${whose}, as looked up (see enrich)`, [], {
    computed: lookedUp(lookedUpColumns[fact], of),
  })
}

const fields: readonly Field[] = [
  field('trace_id', 'text', 'Trace', ['trace']),
  field('span_id', 'text', 'Span', ['span', 'id']),
  field('parent_span_id', 'text', 'Parent span', ['parent']),
  field('name', 'text', 'Name of the operation', ['operation']),
  field('kind', 'text', 'server, client, internal, producer, consumer or unspecified'),
  field('service', 'text', 'Service', ['svc']),
  field('ts', 'time', 'Start, UTC', ['time', 'start']),
  field('start_ns', 'number', 'Start in nanoseconds since the epoch'),
  field('duration_ns', 'duration', 'Duration; plain numbers are nanoseconds, else 100ms, 2s', ['duration'], {
    unitNs: 1n,
  }),
  field('status', 'text', 'unset, ok or error'),
  field('status_message', 'text', 'What the status says', ['error', 'message']),
  field('trace_state', 'text', 'Trace state'),
  field('scope_name', 'text', 'Instrumentation', ['scope']),
  field('scope_version', 'text', 'Version of the instrumentation'),
  field('http_method', 'text', 'HTTP method', ['method', 'http.method', 'http.request.method']),
  field('http_route', 'text', 'HTTP route', ['route', 'path', 'http.route']),
  field('http_status', 'number', 'HTTP status', [
    'code',
    'http.status',
    'http.status_code',
    'http.response.status_code',
  ]),
  field('user_id', 'text', 'User', ['user', 'user.id', 'enduser.id']),
  field('client_address', 'text', 'Client address', ['ip', 'client', 'client.address']),
  field('db_name', 'text', 'Database', ['db', 'database', 'db.name', 'db.namespace']),
  field('db_statement', 'text', 'Statement', ['statement', 'query', 'db.statement', 'db.query.text']),
  field('aws_request_id', 'text', 'AWS request id'),
  field('k8s_audit_id', 'text', 'Kubernetes audit id'),
  field('x_request_id', 'text', 'Request id header', ['request_id']),
  field('url_path', 'text', 'Path as it was asked for', ['url.path']),
  field('user_agent', 'text', 'User agent', ['ua', 'user_agent.original']),
  field('db_user', 'text', 'Database role', ['role', 'db.user']),
  field('db_fingerprint', 'text', 'Shape of the statement', ['fingerprint']),
  field('peer_address', 'text', 'The server that a client called', ['peer', 'server.address']),
  field('host_address', 'text', 'Address of the pod or host', ['pod_ip']),
  field('pod', 'text', 'Pod or host', ['host', 'k8s.pod.name']),
  field('rpc_service', 'text', 'Service called', ['rpc.service']),
  field('rpc_method', 'text', 'Method called', ['rpc.method']),
  field('cloud_resource', 'text', 'What a call of a cloud was about', ['resource_name']),
  known('ip_class', 'client_address', 'class'),
  known('country', 'client_address', 'country'),
  known('city', 'client_address', 'city'),
  known('asn', 'client_address', 'asn'),
  known('as_org', 'client_address', 'as_org'),
  known('cloud', 'client_address', 'cloud'),
  known('cloud_service', 'client_address', 'cloud_service'),
  known('cloud_region', 'client_address', 'cloud_region'),
  known('peer_address.class', 'peer_address', 'class'),
  known('peer_address.country', 'peer_address', 'country'),
  known('peer_address.as_org', 'peer_address', 'as_org'),
  known('peer_address.cloud', 'peer_address', 'cloud'),
]

function special(name: FieldName): Special | undefined {
  const [head = '', ...rest] = name.segments
  const column = head.toLowerCase()
  if (column === 'linked' && rest.length === 0)
    return {
      kind: 'switch',
      condition: sql`(trace_id, span_id) IN (SELECT (l.trace_id, l.span_id) FROM link l
        WHERE l.span_id IS NOT NULL AND coalesce(l.verdict, '') <> 'rejected')`,
    }
  if (column !== 'attributes' && column !== 'resource' && column !== 'attr') return undefined
  const source = column === 'resource' ? sql`"resource"` : sql`attributes`
  if (rest.length === 0) return { kind: 'expression', type: 'text', list: false, expression: source }
  const path = jsonPointer([rest.join('.')])
  const expression = sql`(CASE WHEN json_valid(${source}) THEN json_extract_string(${source}, ${path}) END)`
  return { kind: 'expression', type: 'json', list: false, expression }
}

export const spanFields: FieldTable = {
  table: 'span',
  fields,
  special,
  specials: [
    { name: 'attributes', column: 'attributes', type: 'text', description: 'attributes.<key>', aliases: ['attr'] },
    { name: 'resource', column: 'resource', type: 'text', description: 'resource.<key>', aliases: [] },
    { name: 'linked', column: 'linked', type: 'boolean', description: 'Linked to an event', aliases: [] },
  ],
  textColumns: [
    'name',
    'service',
    'status_message',
    'trace_id',
    'span_id',
    'http_route',
    'db_statement',
    'resource',
    'attributes',
  ],
}
