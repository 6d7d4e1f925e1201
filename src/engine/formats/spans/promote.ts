/**
 * Columns of `span` that attributes give, in all spellings of the OpenTelemetry conventions (stable and older),
 * OpenTracing, Zipkin and proxies. Values stay as the source writes them; comparing them is the correlator's work.
 */
import type { SpanRow } from '../../db/rows'
import { type Attributes, noAttributes, scalarText } from './attributes'
import { cloudResource, hostColumns, hostOf, pathOf, statementShape } from './promoteMore'

type Promoted =
  | 'http_method'
  | 'http_route'
  | 'http_status'
  | 'user_id'
  | 'client_address'
  | 'db_name'
  | 'db_statement'
  | 'aws_request_id'
  | 'k8s_audit_id'
  | 'x_request_id'
  | 'user_agent'
  | 'db_user'
  | 'rpc_service'
  | 'rpc_method'

/** Best spelling first. */
const spellings: Readonly<Record<Promoted, readonly string[]>> = {
  http_method: ['http.request.method', 'http.method'],
  http_route: ['http.route'],
  http_status: ['http.response.status_code', 'http.status_code'],
  user_id: ['user.id', 'enduser.id', 'user.email', 'enduser.email', 'user.name', 'enduser.pseudo.id'],
  client_address: ['client.address', 'http.client_ip'],
  db_name: ['db.namespace', 'db.name', 'db.instance'],
  db_statement: ['db.query.text', 'db.statement', 'sql.query'],
  aws_request_id: [
    'aws.request_id',
    'aws.requestId',
    'aws.request.id',
    'faas.invocation_id',
    'faas.execution',
    'aws.extended_request_id',
  ],
  k8s_audit_id: ['audit-id', 'http.response.header.audit-id', 'http.response.header.audit_id'],
  x_request_id: [
    'http.request.header.x-request-id',
    'http.request.header.x_request_id',
    'guid:x-request-id',
    'http.response.header.x-request-id',
    'http.response.header.x_request_id',
    'x-request-id',
    'http.request_id',
    'request_id',
  ],
  user_agent: ['user_agent.original', 'http.user_agent'],
  db_user: ['db.user'],
  rpc_service: ['rpc.service', 'aws.service'],
  rpc_method: ['rpc.method', 'aws.operation'],
}

/** The other end of the connection: the client only where the span is the serving side. */
const peers = ['net.sock.peer.addr', 'network.peer.address', 'net.peer.ip', 'peer.ipv4', 'peer.ipv6']

const places = new Map<string, { readonly column: Promoted; readonly rank: number }>()
for (const [column, keys] of Object.entries(spellings)) {
  if (isPromoted(column)) for (const [rank, key] of keys.entries()) places.set(key, { column, rank })
}

function isPromoted(column: string): column is Promoted {
  return Object.hasOwn(spellings, column)
}

type Derived = 'url_path' | 'db_fingerprint' | 'peer_address' | 'host_address' | 'pod' | 'cloud_resource'
export type PromotedColumns = Pick<SpanRow, Promoted | Derived>

export function promote(
  attributes: Attributes,
  kind: SpanRow['kind'],
  resource: Attributes = noAttributes,
): PromotedColumns {
  const texts = new Map<Promoted, { readonly rank: number; readonly text: string }>()
  for (const [key, value] of attributes) {
    const place = places.get(key)
    if (place === undefined) continue
    const text = scalarText(value)
    if (text === undefined) continue
    const best = texts.get(place.column)
    if (best === undefined || place.rank < best.rank) texts.set(place.column, { rank: place.rank, text })
  }
  const of = (column: Promoted) => texts.get(column)?.text
  return {
    http_method: method(of('http_method'), attributes),
    http_route: of('http_route'),
    http_status: status(of('http_status')),
    user_id: of('user_id'),
    client_address: of('client_address') ?? peerOfServer(attributes, kind),
    db_name: of('db_name'),
    db_statement: of('db_statement'),
    aws_request_id: of('aws_request_id'),
    k8s_audit_id: of('k8s_audit_id'),
    x_request_id: of('x_request_id'),
    url_path: pathOf(attributes),
    user_agent: of('user_agent') ?? scalarText(resource.get('user_agent.original')),
    db_user: of('db_user'),
    db_fingerprint: statementShape(of('db_statement')),
    peer_address: peerAddress(attributes, kind),
    ...hostColumns(attributes, resource),
    rpc_service: of('rpc_service'),
    rpc_method: of('rpc_method'),
    cloud_resource: cloudResource(attributes),
  }
}

/** `_OTHER` says that the method is not a well-known one; the real one then stands beside it. */
function method(text: string | undefined, attributes: Attributes): string | undefined {
  if (text !== '_OTHER') return text
  return scalarText(attributes.get('http.request.method_original')) ?? text
}

function status(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d\d$/.test(text) ? Number(text) : undefined
}

/** The server, as its client names it. */
function peerAddress(attributes: Attributes, kind: SpanRow['kind']): string | undefined {
  if (kind === 'server') return undefined
  for (const key of ['server.address', ...peers, 'net.peer.name', 'peer.hostname']) {
    const text = scalarText(attributes.get(key))
    if (text !== undefined && !/^-?\d+$/.test(text)) return text
  }
  return hostOf(attributes)
}

function peerOfServer(attributes: Attributes, kind: SpanRow['kind']): string | undefined {
  if (kind !== 'server') return undefined
  for (const key of peers) {
    const text = scalarText(attributes.get(key))
    // Older clients wrote an IPv4 address as one number: that is no text to show or compare.
    if (text !== undefined && !/^-?\d+$/.test(text)) return text
  }
  return undefined
}
