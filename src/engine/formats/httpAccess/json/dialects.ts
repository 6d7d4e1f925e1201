/** Access logs as JSON: by dialect, the keys in which each part of a request stands, best first. */
import type { HttpRequest } from '../request'
import type { DurationUnit } from '../times'

/** A key at the top level, or a path. */
export type Key = string | readonly string[]

export interface JsonDialect {
  readonly id: string
  readonly score: number
  /** Of each group one key must be there. */
  readonly needs: readonly (readonly Key[])[]
  readonly timeKind: HttpRequest['timeKind']
  readonly durationUnit: DurationUnit
  /** Where the request's headers stand: an object of texts or lists, or keys that begin so. */
  readonly headers?: Key
  readonly headerPrefix?: string
  readonly keys: Partial<Record<Part, readonly Key[]>>
}

export type Part =
  | 'time'
  | 'end'
  | 'client'
  | 'clientPort'
  | 'forwarded'
  | 'user'
  | 'line'
  | 'method'
  | 'target'
  | 'host'
  | 'service'
  | 'status'
  | 'bytesIn'
  | 'bytesOut'
  | 'agent'
  | 'duration'
  | 'requestId'
  | 'traceparent'
  | 'amznTrace'
  | 'b3'
  | 'traceId'
  | 'spanId'
  | 'flags'
  | 'details'
  | 'grpc'

const traceKeys = {
  traceparent: ['traceparent', 'http_traceparent', 'opentelemetry_traceparent', 'request_traceparent'],
  amznTrace: ['x_amzn_trace_id', 'http_x_amzn_trace_id', 'amzn_trace_id', 'xrayTraceId'],
  b3: ['b3', 'http_b3'],
  traceId: ['trace_id', 'traceId', 'TraceId', 'trace.id', 'otel_trace_id', 'opentelemetry_trace_id', 'x_b3_traceid'],
  spanId: ['span_id', 'spanId', 'SpanId', 'span.id', 'otel_span_id', 'opentelemetry_span_id', 'x_b3_spanid'],
} as const

const requestIds = ['request_id', 'req_id', 'requestId', 'http_x_request_id', 'x_request_id', 'x-request-id']

const traefik: JsonDialect = {
  id: 'traefik',
  score: 0.97,
  needs: [['DownstreamStatus', 'OriginStatus'], ['RequestMethod'], ['RequestPath', 'RequestAddr']],
  timeKind: 'start',
  durationUnit: 'ns',
  headerPrefix: 'request_',
  keys: {
    ...traceKeys,
    time: ['StartUTC', 'StartLocal'],
    client: ['ClientAddr', 'ClientHost'],
    user: ['ClientUsername'],
    method: ['RequestMethod'],
    target: ['RequestPath'],
    host: ['RequestHost', 'RequestAddr'],
    service: ['ServiceName', 'RouterName'],
    status: ['DownstreamStatus', 'OriginStatus'],
    bytesIn: ['RequestContentSize'],
    bytesOut: ['DownstreamContentSize', 'OriginContentSize'],
    duration: ['Duration'],
  },
}

const caddy: JsonDialect = {
  id: 'caddy',
  score: 0.96,
  needs: [[['request', 'method']], [['request', 'uri']], ['status']],
  timeKind: 'end',
  durationUnit: 's',
  headers: ['request', 'headers'],
  keys: {
    ...traceKeys,
    time: ['ts'],
    client: [
      ['request', 'client_ip'],
      ['request', 'remote_ip'],
      ['request', 'remote_addr'],
    ],
    clientPort: [['request', 'remote_port']],
    user: ['user_id'],
    method: [['request', 'method']],
    target: [['request', 'uri']],
    host: [['request', 'host']],
    status: ['status'],
    bytesIn: ['bytes_read'],
    bytesOut: ['size'],
    duration: ['duration'],
    requestId: ['uuid', 'request_id'],
  },
}

const envoy: JsonDialect = {
  id: 'envoy',
  score: 0.95,
  needs: [['response_code'], ['response_flags', 'response_code_details', 'upstream_cluster', 'upstream_host']],
  timeKind: 'start',
  durationUnit: 'ms',
  keys: {
    ...traceKeys,
    time: ['start_time', 'timestamp', '@timestamp'],
    client: ['downstream_remote_address', 'downstream_direct_remote_address', 'client_ip', 'source_address'],
    forwarded: ['x_forwarded_for', 'x-forwarded-for'],
    user: ['downstream_peer_uri_san', 'source_principal', 'user'],
    method: ['method', ':method', 'request_method'],
    target: ['x-envoy-original-path', 'x_envoy_original_path', 'path', ':path', 'request_path', 'uri_path'],
    host: ['authority', ':authority', 'host', 'x-envoy-origin-host'],
    service: ['upstream_cluster', 'route_name'],
    status: ['response_code'],
    bytesIn: ['bytes_received'],
    bytesOut: ['bytes_sent'],
    agent: ['user_agent', 'user-agent'],
    duration: ['duration'],
    requestId: requestIds,
    flags: ['response_flags'],
    details: ['response_code_details'],
    grpc: ['grpc_status', 'grpc_status_number', 'grpc-status'],
  },
}

const nginx: JsonDialect = {
  id: 'nginx',
  score: 0.95,
  needs: [
    ['remote_addr', 'remote_ip', 'remoteip', 'http_x_forwarded_for', 'realip_remote_addr'],
    ['status', 'status_code', 'response_code'],
    ['request', 'request_method', 'request_uri', 'uri'],
  ],
  timeKind: 'end',
  durationUnit: 's',
  keys: {
    ...traceKeys,
    time: ['time_iso8601', 'msec', 'time_local', '@timestamp', 'timestamp', 'ts', 'time'],
    client: ['remote_addr', 'remote_ip', 'remoteip', 'realip_remote_addr'],
    clientPort: ['remote_port'],
    forwarded: ['http_x_forwarded_for', 'x_forwarded_for', 'x-forwarded-for', 'proxy_add_x_forwarded_for'],
    user: ['remote_user', 'user'],
    line: ['request'],
    method: ['request_method', 'method'],
    target: ['request_uri', 'uri', 'path', 'url'],
    host: ['http_host', 'host', 'server_name', 'vhost', 'domain'],
    service: ['proxy_upstream_name', 'upstream_name', 'service_name'],
    status: ['status', 'status_code', 'response_code'],
    bytesIn: ['request_length', 'bytes_received'],
    bytesOut: ['body_bytes_sent', 'bytes_sent', 'bytes'],
    agent: ['http_user_agent', 'user_agent', 'agent', 'userAgent'],
    duration: ['request_time'],
    requestId: requestIds,
    grpc: ['grpc_status', 'upstream_http_grpc_status'],
  },
}

const apiGateway: JsonDialect = {
  id: 'api-gateway',
  score: 0.9,
  needs: [['requestId'], ['httpMethod'], ['status'], ['ip', 'resourcePath', 'routeKey']],
  timeKind: 'start',
  durationUnit: 'ms',
  keys: {
    ...traceKeys,
    time: ['requestTime', 'requestTimeEpoch'],
    client: ['ip', 'sourceIp'],
    user: ['user', 'caller', 'userArn'],
    method: ['httpMethod'],
    target: ['path', 'resourcePath'],
    host: ['domainName'],
    service: ['apiId'],
    status: ['status'],
    bytesOut: ['responseLength'],
    agent: ['userAgent'],
    duration: ['responseLatency'],
    requestId: ['requestId'],
  },
}

/** Names that programs of all kinds use: taken only where method, target, status and client are all there. */
const generic: JsonDialect = {
  id: 'other',
  score: 0.6,
  needs: [
    ['method', 'request_method', 'http_method', 'verb'],
    ['path', 'uri', 'url', 'request_uri', 'request_path'],
    ['status', 'status_code', 'statusCode', 'response_status', 'code'],
    ['client_ip', 'clientip', 'clientIp', 'remote_addr', 'remoteAddr', 'remote_ip', 'remoteIp', 'remote-addr'],
  ],
  timeKind: 'logged',
  durationUnit: 's',
  keys: {
    ...traceKeys,
    time: ['@timestamp', 'timestamp', 'time', 'ts', 'date', 'datetime'],
    client: ['client_ip', 'clientip', 'clientIp', 'remote_addr', 'remoteAddr', 'remote_ip', 'remoteIp', 'remote-addr'],
    forwarded: ['x_forwarded_for', 'x-forwarded-for', 'forwarded_for', 'xForwardedFor'],
    user: ['user', 'username', 'user_name', 'remote_user', 'remote-user'],
    method: ['method', 'request_method', 'http_method', 'verb'],
    target: ['path', 'uri', 'url', 'request_uri', 'request_path'],
    host: ['host', 'http_host', 'hostname', 'domain'],
    service: ['service', 'app'],
    status: ['status', 'status_code', 'statusCode', 'response_status', 'code'],
    bytesOut: ['bytes', 'bytes_sent', 'response_length', 'bytes_out'],
    agent: ['user_agent', 'userAgent', 'http_user_agent', 'user-agent', 'agent'],
    requestId: requestIds,
  },
}

export const dialects: readonly JsonDialect[] = [traefik, caddy, envoy, nginx, apiGateway, generic]
