import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { httpAccess } from '../../../../../src/engine/formats/httpAccess'
import { driveJson } from '../../../../support/formatDriver'
import { lines, rowOfJson } from './support'

const match = (value: JsonValue) => httpAccess.json?.match(value, undefined)

const nginx = {
  time_iso8601: '2025-10-10T13:55:36+02:00',
  remote_addr: '10.0.0.9',
  remote_user: 'alice',
  request: 'GET /orders/77?x=1 HTTP/2.0',
  status: '403',
  body_bytes_sent: '153',
  request_time: '0.012',
  request_length: '430',
  http_user_agent: 'curl/8.5.0',
  http_x_forwarded_for: '93.184.216.34',
  request_id: '0123456789abcdef0123456789abcdef',
  host: 'shop.example',
  traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
}

const envoy = {
  start_time: '2025-10-10T13:55:36.310Z',
  method: 'POST',
  path: '/shop.Cart/Add',
  protocol: 'HTTP/2',
  response_code: 200,
  response_flags: '-',
  response_code_details: 'via_upstream',
  bytes_received: 12,
  bytes_sent: 0,
  duration: 5,
  x_forwarded_for: null,
  user_agent: 'grpc-go/1.60',
  request_id: '84961386-6d84-929d-98bd-c5aee93b5c88',
  authority: 'cart:8080',
  upstream_cluster: 'inbound|8080||',
  downstream_remote_address: '10.44.1.23:37652',
  grpc_status: 'PermissionDenied',
}

const caddy = {
  level: 'info',
  ts: 1760104536.3101234,
  logger: 'http.log.access',
  msg: 'handled request',
  request: {
    remote_ip: '192.0.2.7',
    remote_port: '41342',
    client_ip: '192.0.2.7',
    proto: 'HTTP/2.0',
    method: 'GET',
    host: 'shop.example',
    uri: '/a?b=c',
    headers: { 'User-Agent': ['curl/8.5.0'], 'X-Request-Id': ['r-1'] },
  },
  bytes_read: 0,
  user_id: 'alice',
  duration: 0.000929675,
  size: 10900,
  status: 200,
}

const traefik = {
  ClientAddr: '192.0.2.7:41342',
  ClientHost: '192.0.2.7',
  ClientUsername: '-',
  DownstreamContentSize: 17,
  DownstreamStatus: 429,
  Duration: 1234567,
  OriginStatus: 0,
  RequestHost: 'shop.example',
  RequestMethod: 'GET',
  RequestPath: '/a',
  RouterName: 'shop@docker',
  StartUTC: '2025-10-10T13:55:36.310123456Z',
  'request_User-Agent': 'curl/8.5.0',
  'request_X-Request-Id': 'r-1',
  TraceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  SpanId: '00f067aa0ba902b7',
  time: '2025-10-10T13:55:36Z',
}

describe('JSON dialects', () => {
  it('reads NGINX', () => {
    expect(match(nginx)).toBe(0.95)
    expect(rowOfJson(nginx)).toMatchObject({
      ts: '2025-10-10T11:55:36Z',
      ts_kind: 'end',
      duration_us: 12_000,
      actor_key: 'http:alice',
      outcome: 'denied',
      src_ip: '93.184.216.34',
      ip_chain: ['93.184.216.34', '10.0.0.9'],
      resource_key: 'http:shop.example/orders/{id}',
      request_id: '0123456789abcdef0123456789abcdef',
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      bytes_in: 430,
      bytes_out: 153,
    })
  })

  it.each([
    [{ time_iso8601: undefined, msec: '1760104536.310' }, '2025-10-10T13:55:36.310Z'],
    [{ time_iso8601: undefined, time_local: '10/Oct/2025:13:55:36 +0000' }, '2025-10-10T13:55:36Z'],
    [{ time_iso8601: undefined, '@timestamp': '2025-10-10T13:55:36.1Z' }, '2025-10-10T13:55:36.100Z'],
  ])('reads its other times', (change, ts) => {
    const value: JsonValue = JSON.parse(JSON.stringify({ ...nginx, ...change }))
    expect(rowOfJson(value)).toMatchObject({ ts })
  })

  it('reads its method and path where they stand apart', () => {
    const { request: _, ...rest } = nginx
    const row = rowOfJson({ ...rest, request_method: 'put', request_uri: '/b?c', status: 204 })
    expect(row).toMatchObject({ http_method: 'PUT', http_path: '/b', http_status: 204, activity: 'update' })
  })

  it('reads Envoy and Istio, where gRPC refuses beneath a 200', () => {
    expect(match(envoy)).toBe(0.95)
    expect(rowOfJson(envoy)).toMatchObject({
      ts: '2025-10-10T13:55:36.310Z',
      ts_end: '2025-10-10T13:55:36.315Z',
      outcome: 'denied',
      outcome_code: 'grpc 7 PermissionDenied',
      outcome_reason: '- via_upstream'.slice(2),
      src_ip: '10.44.1.23',
      src_port: 37_652,
      service: 'inbound|8080||',
      resource_key: 'http:cart:8080/shop.Cart/Add',
    })
    expect(rowOfJson({ ...envoy, response_code: 429, response_flags: 'RL', grpc_status: '14' })).toMatchObject({
      outcome: 'throttled',
      policy_effect: 'quota',
    })
    expect(rowOfJson({ ...envoy, response_code: 0, response_flags: 'DC', grpc_status: null })).toMatchObject({
      outcome: 'failed',
    })
    expect(rowOfJson({ ...envoy, downstream_peer_uri_san: 'spiffe://cluster.local/ns/a/sa/b' })).toMatchObject({
      actor_type: 'service_account',
      actor_key: 'http:spiffe://cluster.local/ns/a/sa/b',
    })
  })

  it.each(['0', 'OK', 'UNAUTHENTICATED', '8', '99', 'nonsense'])('gRPC status %s', (grpc_status) => {
    const outcomes = { '0': 'success', OK: 'success', UNAUTHENTICATED: 'auth_failed', '8': 'throttled' }
    const expected = new Map(Object.entries(outcomes)).get(grpc_status) ?? 'success'
    expect(rowOfJson({ ...envoy, grpc_status })).toMatchObject({ outcome: expected })
  })

  it('reads Caddy', () => {
    expect(match(caddy)).toBe(0.96)
    expect(rowOfJson(caddy)).toMatchObject({
      ts: '2025-10-10T13:55:36.310123Z',
      ts_kind: 'end',
      duration_us: 929,
      actor_key: 'http:alice',
      src_ip: '192.0.2.7',
      src_port: 41_342,
      user_agent: 'curl/8.5.0',
      request_id: 'r-1',
      resource_key: 'http:shop.example/a',
      bytes_out: 10_900,
    })
  })

  it('reads Traefik', () => {
    expect(match(traefik)).toBe(0.97)
    expect(rowOfJson(traefik)).toMatchObject({
      ts: '2025-10-10T13:55:36.310123Z',
      ts_kind: 'start',
      duration_us: 1234,
      outcome: 'throttled',
      actor_type: 'unknown',
      src_port: 41_342,
      service: 'shop@docker',
      request_id: 'r-1',
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      span_id: '00f067aa0ba902b7',
    })
  })

  it('reads an API gateway’s and other programs’ common names', () => {
    const gateway = {
      requestId: 'g-1',
      ip: '192.0.2.7',
      requestTime: '10/Oct/2025:13:55:36 +0000',
      httpMethod: 'GET',
      resourcePath: '/pets/{id}',
      status: '401',
      responseLength: '5',
    }
    expect(rowOfJson(gateway)).toMatchObject({ outcome: 'auth_failed', request_id: 'g-1', http_path: '/pets/{id}' })
    const other = { timestamp: 1760104536310, client_ip: '192.0.2.7', method: 'GET', path: '/a', status: 200 }
    expect(match(other)).toBe(0.6)
    expect(rowOfJson(other)).toMatchObject({ ts: '2025-10-10T13:55:36.310Z', ts_kind: 'logged' })
  })
})

describe('lines and objects that a collector wrapped', () => {
  it('reads a line in the log of a container', () => {
    const record = { log: `${lines.combined}\n`, stream: 'stdout', time: '2025-10-10T13:55:36.5Z' }
    expect(match(record)).toBe(0.85)
    expect(rowOfJson(record)).toMatchObject({ http_path: '/login', outcome: 'auth_failed' })
  })

  it('reads JSON in the log of a container or a message of a log group', () => {
    const record = { log: `${JSON.stringify(nginx)}\n`, stream: 'stdout' }
    expect(match(record)).toBe(0.9)
    expect(rowOfJson(record)).toMatchObject({ http_path: '/orders/77' })
    expect(rowOfJson({ id: '1', timestamp: 1, message: JSON.stringify(envoy) })).toMatchObject({ http_status: 200 })
  })
})

describe('what is nearly an access log', () => {
  it.each([
    ['an application’s own line', { level: 'info', msg: 'listening', ts: 1760104536.3, status: 200 }],
    ['a status that is none', { ...nginx, status: 'ok' }],
    ['no client', { method: 'GET', path: '/', status: 200, time: 'now' }],
    ['an audit event of Kubernetes', { kind: 'Event', verb: 'get', auditID: 'a', requestURI: '/', status: 200 }],
    [
      'a server log entry of PostgreSQL',
      { timestamp: '2026-01-02', error_severity: 'LOG', message: 'GET / HTTP/1.1', pid: 7 },
    ],
    [
      'keys of the prototype',
      JSON.parse('{"__proto__":{"remote_addr":"1.2.3.4","status":200,"request":"GET / HTTP/1.1"}}'),
    ],
    ['no object', ['GET / HTTP/1.1']],
  ])('does not take %s', (_what, value) => {
    expect(match(value)).toBe(0)
    const driven = driveJson(httpAccess, [value])
    expect(driven.rejects).toHaveLength(1)
  })
})
