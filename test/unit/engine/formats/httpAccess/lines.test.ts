import { describe, expect, it } from 'vitest'
import { httpAccess } from '../../../../../src/engine/formats/httpAccess'
import { driveText } from '../../../../support/formatDriver'
import { cloudfront, iis, lines, rowOfLine } from './support'

describe('common and combined format', () => {
  it('fills the columns that the common format states, in the zone that it states', () => {
    expect(rowOfLine(lines.common)).toEqual({
      source: 'http_access',
      ts: '2025-10-10T11:55:36Z',
      ts_precision: 's',
      ts_kind: 'logged',
      class: 'api',
      activity: 'read',
      action: 'GET',
      read_only: true,
      outcome: 'denied',
      outcome_code: '403',
      actor_key: 'http:alice',
      actor_id: 'alice',
      actor_name: 'alice',
      actor_type: 'user',
      src_ip: '192.0.2.7',
      resource_key: 'http:-/orders/{id}',
      resource_type: 'http route',
      resource_name: '/orders/{id}',
      resources: [{ key: 'http:-/orders/{id}', type: 'http route' }],
      http_method: 'GET',
      http_path: '/orders/1234',
      http_status: 403,
      bytes_out: 153,
    })
  })

  it('takes the agent of the combined format, and names nobody where nobody signed in', () => {
    expect(rowOfLine(lines.combined)).toMatchObject({
      outcome: 'auth_failed',
      actor_key: 'unknown:http_access',
      actor_type: 'unknown',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0',
      ua_family: 'Firefox',
      activity: 'other',
      read_only: false,
    })
  })

  it('takes a virtual host before the client as the host', () => {
    expect(rowOfLine(lines.vhost)).toMatchObject({
      ts: '2025-10-10T20:55:36Z',
      resource_key: 'http:shop.example/',
      actor_key: 'mail:bob@example.com',
      src_ip: '192.0.2.7',
    })
  })

  it('knows forwarded addresses, a request time and a trace by their form', () => {
    expect(rowOfLine(lines.timed)).toMatchObject({
      src_ip: '93.184.216.34',
      ip_chain: ['93.184.216.34', '10.0.0.3', '10.0.0.9'],
      duration_us: 12_000,
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      span_id: '00f067aa0ba902b7',
      trace_source: 'traceparent',
    })
  })

  it.each([
    ['a whole number has no unit', '731', {}],
    ['milliseconds of Traefik', '12 "shop@docker" "http://10.0.0.2:80" 7ms', { duration_us: 7000 }],
    ['labelled values', 'rt=0.250 rid=abc-1', { duration_us: 250_000, request_id: 'abc-1' }],
    [
      'a trace header of AWS',
      '"Root=1-68e90f58-bc24d8a0673e2d6bc24d8a06;Parent=00f067aa0ba902b7;Sampled=1"',
      { trace_id: '68e90f58bc24d8a0673e2d6bc24d8a06', span_id: '00f067aa0ba902b7', trace_source: 'x-amzn-trace-id' },
    ],
    [
      'a b3 header',
      '80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1',
      { trace_id: '80f198ee56343ba864fe8b2a57d3eff7', span_id: 'e457b5a2e4d86bd1', trace_source: 'b3' },
    ],
    ['a request id', '"6f1c2d3e-0000-4000-8000-00000000abcd"', { request_id: '6f1c2d3e-0000-4000-8000-00000000abcd' }],
  ])('reads after the agent: %s', (_what, extra, columns) => {
    const row = rowOfLine(`${lines.combined} ${extra}`)
    const added = Object.keys(row).filter((name) => !(name in rowOfLine(lines.combined)))
    expect(Object.fromEntries(added.map((name) => [name, row[name]]))).toEqual(columns)
  })

  it('reads the ingress controller of NGINX, whose time is that of the answer', () => {
    expect(rowOfLine(lines.ingress)).toMatchObject({
      ts_kind: 'end',
      outcome: 'throttled',
      service: 'shop-cart-80',
      request_id: '0123456789abcdef0123456789abcdef',
      duration_us: 4000,
      bytes_in: 430,
    })
  })

  it('takes off a syslog header', () => {
    expect(rowOfLine(lines.syslog)).toMatchObject({ src_ip: '192.0.2.7', http_path: '/a', http_status: 200 })
    const modern = lines.syslog.replace(
      '<190>Oct 10 13:55:36 web1 nginx:',
      '<190>1 2025-10-10T13:55:36Z web1 nginx 7 - -',
    )
    expect(rowOfLine(modern)).toMatchObject({ src_ip: '192.0.2.7', http_path: '/a' })
  })

  it.each([
    ['a broken request', '"\\x16\\x03\\x01" 400 0', { http_status: 400, outcome: 'failed' }],
    ['no request at all', '"-" 408 -', { http_status: 408, outcome: 'failed' }],
    ['no status', '"GET / HTTP/1.1" - -', { outcome: 'unknown' }],
    ['an escaped quote', '"GET /a\\"b HTTP/1.1" 200 1', { http_path: '/a"b' }],
    [
      'a tunnel',
      '"CONNECT db.example:5432 HTTP/1.1" 200 1',
      { resource_key: 'http:db.example:5432', activity: 'connect' },
    ],
    ['a whole URL', '"GET http://Shop.example:80/a?b#c HTTP/1.1" 200 1', { resource_key: 'http:shop.example/a' }],
    ['an old request', '"GET /old" 200 1', { http_path: '/old' }],
  ])('reads %s', (_what, rest, columns) => {
    expect(rowOfLine(`192.0.2.7 - - [10/Oct/2025:13:55:36 +0000] ${rest}`)).toMatchObject(columns)
  })

  it('marks a time that cannot be, and keeps the request', () => {
    const row = rowOfLine(lines.common.replace('10/Oct', '31/Feb'))
    expect(row).toMatchObject({ flags: ['clock_suspect'], http_status: 403 })
    expect(row).not.toHaveProperty('ts')
    expect(row).not.toHaveProperty('ts_kind')
  })

  it('keeps a client that is logged by name', () => {
    expect(rowOfLine(lines.common.replace('192.0.2.7', 'desk7.example'))).toMatchObject({ src_host: 'desk7.example' })
  })

  it('keeps blanks in a user name', () => {
    expect(rowOfLine(lines.common.replace('alice', 'Alice Example'))).toMatchObject({ actor_name: 'Alice Example' })
  })
})

describe('load balancers of AWS', () => {
  it('takes creation as the start, the answer as the end, and the trace id', () => {
    expect(rowOfLine(lines.alb)).toMatchObject({
      ts: '2025-10-10T13:55:36.049000Z',
      ts_end: '2025-10-10T13:55:36.250000Z',
      ts_kind: 'start',
      ts_precision: 'us',
      duration_us: 201_000,
      trace_id: '68e90f58bc24d8a0673e2d6bc24d8a06',
      trace_source: 'x-amzn-trace-id',
      service: 'app/shop/50dc6c495c0c9188',
      resource_key: 'http:shop.example/orders/{id}/items',
      src_ip: '93.184.216.34',
      src_port: 2817,
      bytes_in: 34,
      bytes_out: 366,
      correlation_ids: [{ kind: 'aws_connection_trace', value: 'TID_1234abcd5678ef90' }],
    })
  })

  const alb = (status: number, actions: string, reason = '-') =>
    rowOfLine(
      lines.alb
        .replace(' 200 200 ', ` ${status} - `)
        .replace('"authenticate,forward" "-" "-"', `"${actions}" "-" "${reason}"`),
    )

  it.each([
    [403, 'waf', '-', { outcome: 'denied', policy_type: 'waf', policy_effect: 'explicit_deny' }],
    [403, 'waf,forward', '-', { outcome: 'denied', outcome_code: '403' }],
    [401, 'authenticate', 'AuthInvalidCookie', { outcome: 'auth_failed', outcome_reason: 'AuthInvalidCookie' }],
    [561, '-', '-', { outcome: 'auth_failed' }],
    [302, 'authenticate', '-', { outcome: 'interrupted' }],
    [302, 'redirect', '-', { outcome: 'success' }],
    [502, 'forward', 'LambdaInvalidResponse', { outcome: 'failed', outcome_reason: 'LambdaInvalidResponse' }],
    [504, 'authenticate', 'AuthUserinfoEpRequestTimeout', { outcome: 'failed' }],
    [460, 'forward', '-', { outcome: 'failed' }],
  ])('status %i with actions %s and reason %s', (status, actions, reason, columns) => {
    expect(alb(status, actions, reason)).toMatchObject(columns)
  })

  it.each(['http', 'https', 'h2', 'grpcs', 'ws', 'wss'])('reads requests of kind %s', (kind) => {
    expect(rowOfLine(lines.alb.replace(/^https/, kind))).toMatchObject({ http_status: 200 })
  })

  it('takes the answer as the time of an older line that ends before the creation time', () => {
    const older = lines.alb.slice(0, lines.alb.indexOf(' "arn:aws:acm'))
    expect(rowOfLine(older)).toMatchObject({ ts: '2025-10-10T13:55:36.250000Z', ts_kind: 'end' })
  })

  it('reads a Classic Load Balancer, with and without agent and cipher', () => {
    const row = { ts: '2025-10-10T13:55:36.000100Z', ts_kind: 'start', duration_us: 1178, outcome: 'failed' }
    expect(rowOfLine(lines.elb)).toMatchObject({ ...row, user_agent: 'curl/8.5.0' })
    expect(rowOfLine(lines.elb.replace(' "curl/8.5.0" - -', ''))).toMatchObject(row)
  })
})

describe('Envoy and Istio text', () => {
  it('reads the default format', () => {
    expect(rowOfLine(lines.envoy)).toMatchObject({
      ts: '2025-10-10T13:55:36.310Z',
      ts_end: '2025-10-10T13:55:36.536Z',
      ts_kind: 'start',
      outcome: 'denied',
      policy_type: 'proxy',
      outcome_reason: 'UAEX: refused by external authorization',
      request_id: 'cc21d9b0-cf5c-432b-8c7e-98aeb7988cd2',
      src_ip: '93.184.216.34',
      resource_key: 'http:locations.example/api/v1/locations',
    })
  })

  it.each([
    ['429 RL', { outcome: 'throttled', policy_type: 'proxy', policy_effect: 'quota' }],
    ['503 UH', { outcome: 'failed', outcome_reason: 'UH' }],
    ['403 RBAC', { outcome: 'denied', policy_type: 'proxy' }],
    ['401 UAEX', { outcome: 'denied', policy_type: 'proxy' }],
    ['0 DC', { outcome: 'failed', outcome_reason: 'DC' }],
    ['200 -', { outcome: 'success' }],
  ])('code and flags %s', (flags, columns) => {
    expect(rowOfLine(lines.envoy.replace('403 UAEX', flags))).toMatchObject(columns)
  })

  it('reads Istio’s format with the policy that refused', () => {
    expect(rowOfLine(lines.istio)).toMatchObject({
      outcome: 'denied',
      policy: 'ns[shop]-policy[deny-all]-rule[0]',
      policy_effect: 'explicit_deny',
      src_ip: '10.44.1.23',
      src_port: 37_652,
      service: 'inbound|8000||',
      duration_us: 3000,
    })
    const bydefault = lines.istio.replace('[ns[shop]-policy[deny-all]-rule[0]]', '[none]')
    expect(rowOfLine(bydefault)).toMatchObject({ outcome: 'denied', policy_effect: 'implicit_deny' })
  })
})

describe('server access log of S3', () => {
  it('names the object as the audit trail does, and the session behind the role', () => {
    expect(rowOfLine(lines.s3)).toMatchObject({
      source_event_id: '3E57427F3EXAMPLE',
      request_id: '3E57427F3EXAMPLE',
      ts: '2025-02-06T00:00:38Z',
      ts_kind: 'start',
      action: 'REST.GET.OBJECT',
      class: 'data',
      outcome: 'denied',
      outcome_code: 'AccessDenied',
      resource_key: 'arn:aws:s3:::shop-invoices/2025/a b.pdf',
      resource_type: 'AWS::S3::Object',
      actor_key: 'mail:carol@example.com',
      actor_type: 'role',
      actor_tenant: '123456789012',
      correlation_ids: [{ kind: 'aws_extended', value: 's9lzHYrFp76ZVxRcpX9=' }],
    })
  })

  const requester = (who: string) => rowOfLine(lines.s3.replace(/arn:aws:sts\S+/, who))
  it.each([
    ['-', { actor_type: 'anonymous', actor_key: 'unknown:http_access' }],
    ['arn:aws:iam::123456789012:user/dave', { actor_type: 'user', actor_name: 'dave' }],
    ['svc:cloudtrail.amazonaws.com', { actor_type: 'system' }],
    ['f'.repeat(64), { actor_type: 'user', actor_key: `aws:${'f'.repeat(64)}` }],
  ])('requester %s', (who, columns) => {
    expect(requester(who)).toMatchObject(columns)
  })

  const operation = (name: string, code: string) =>
    rowOfLine(lines.s3.replace('REST.GET.OBJECT 2025/a%2520b.pdf', `${name} -`).replace('403 AccessDenied', code))
  it.each([
    ['REST.GET.BUCKET', '200 -', { activity: 'list', class: 'api', outcome: 'success' }],
    ['REST.PUT.BUCKETPOLICY', '200 -', { activity: 'update', class: 'policy', read_only: false }],
    ['BATCH.DELETE.OBJECT', '204 -', { activity: 'delete', class: 'data' }],
    ['S3.EXPIRE.OBJECT', '- -', { activity: 'delete', outcome: 'unknown' }],
    ['REST.HEAD.BUCKET', '403 InvalidAccessKeyId', { outcome: 'auth_failed' }],
    ['REST.PUT.PART', '503 SlowDown', { outcome: 'throttled' }],
    ['REST.GET.LIFECYCLE', '404 NoSuchLifecycleConfiguration', { outcome: 'failed' }],
  ])('operation %s with %s', (name, code, columns) => {
    expect(operation(name, code)).toMatchObject(columns)
  })
})

describe('W3C extended logs', () => {
  it('reads IIS: UTC, milliseconds, substatus, plus signs for blanks; directives are skipped', () => {
    const driven = driveText(httpAccess, iis.join('\r\n'))
    expect(driven.skips).toHaveLength(4)
    expect(driven.rejects).toEqual([])
    expect(driven.events).toMatchObject([
      {
        ts: BigInt(Date.parse('2025-10-10T13:55:36Z')) * 1000n,
        ts_kind: 'end',
        duration_us: 46_000n,
        actor_key: 'http:CORP\\alice',
        outcome: 'denied',
        outcome_code: '401.3',
        policy_type: 'acl',
        user_agent: 'Mozilla/5.0 (Windows NT 10.0)',
        src_ip: '93.184.216.34',
        resource_key: 'http:-/files/{id}',
      },
      { outcome: 'denied', outcome_code: '404.8', policy_type: 'request_filtering', actor_type: 'unknown' },
    ])
  })

  it('reads CloudFront: tabs, seconds, URL-encoded agent, the edge’s own reasons', () => {
    const driven = driveText(httpAccess, cloudfront.join('\n'))
    expect(driven.events).toMatchObject([
      {
        source_event_id: 'SOX4xwn4XV6Q4rgb7XiVGOHms_BGlTAC4KyHmureZmBNrjGdRLiNIQ==',
        duration_us: 125_000n,
        user_agent: 'Mozilla/5.0 (X11; Linux x86_64)',
        outcome: 'denied',
        policy_type: 'geo_restriction',
        resource_key: 'http:shop.example/index.html',
        src_port: 11_040,
      },
    ])
    const limited = cloudfront.join('\n').replaceAll('\tError\t', '\tLimitExceeded\t').replace('ClientGeoBlocked', '-')
    expect(driveText(httpAccess, limited).events).toMatchObject([{ outcome: 'throttled' }])
  })

  it('follows columns that change within a file, and rejects lines that do not fit them', () => {
    const driven = driveText(
      httpAccess,
      [
        ...iis,
        '#Fields: date time c-ip cs-method cs-uri-stem sc-status',
        '2025-10-11 00:00:00 192.0.2.7 GET / 200',
        'x',
      ].join('\n'),
    )
    expect(driven.events).toHaveLength(3)
    expect(driven.rejects).toEqual([
      { recordNo: 8, reason: 'The line has 1 values; the columns named in #Fields are 6.' },
    ])
  })

  it('has no use for a W3C log of another kind', () => {
    expect(httpAccess.text?.match(['#Fields: date time s-event s-subject', '2025-10-10 13:55:36 start x'])).toBe(0)
  })
})

describe('recognition', () => {
  it('is sure of every dialect, and of files with other lines among the requests', () => {
    for (const line of Object.values(lines)) expect(httpAccess.text?.match([line])).toBeGreaterThanOrEqual(0.9)
    const mixed = [...Array(7).fill('starting worker process'), lines.combined, lines.common, lines.timed]
    expect(httpAccess.text?.match(mixed)).toBeGreaterThanOrEqual(0.5)
  })

  it.each([
    ['a server log of PostgreSQL', '2026-01-02 03:04:05.678 UTC [77] LOG:  statement: GET "/ HTTP/1.1" 200'],
    ['an error log', '2025/10/10 13:55:36 [error] 7#7: *1 open() "/a" failed, request: "GET / HTTP/1.1"'],
    ['prose', 'GET / HTTP/1.1'],
    ['a quote left open', '192.0.2.7 - - [10/Oct/2025:13:55:36 +0000] "GET / HTTP/1.1 200 5'],
    ['brackets without a request', '192.0.2.7 - - [10/Oct/2025:13:55:36 +0000] hello'],
  ])('does not take %s', (_what, line) => {
    expect(httpAccess.text?.match([line])).toBe(0)
  })

  it('accounts for every line: a foreign one is rejected with the reason', () => {
    const driven = driveText(httpAccess, [lines.common, 'what?', '', lines.common].join('\n'))
    expect(driven.events).toHaveLength(2)
    expect(driven.rejects).toEqual([{ recordNo: 1, reason: 'The line is no request of a known access log.' }])
    expect(driven.accounted.size).toBe(driven.read)
  })
})
