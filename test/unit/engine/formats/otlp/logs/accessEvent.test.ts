import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../../../../src/contract/shared'
import { driveAttributes, timeNs, timeUs } from './support'

const alice = { 'user.id': 'u-7', 'user.name': 'alice', 'user.email': 'Alice@Example.com' }

describe('an access event from a log record', () => {
  it('says who did what, from where and with which outcome', async () => {
    const { events, logs } = await driveAttributes(
      {
        ...alice,
        'event.action': 'invoice.downloaded',
        'event.outcome': 'denied',
        'error.type': 'policy',
        'error.message': 'not yours',
        'client.address': '198.51.100.7',
        'client.port': 50_123,
        'session.id': 's-1',
        'user_agent.original': 'curl/8.5.0',
        'resource.type': 'invoice',
        'resource.id': '42',
        'access.reason': 'refund for OPS-12',
        'ticket.id': 'OPS-13',
        'http.request.header.x-request-id': 'r-1',
        'aws.request_id': 'A1',
        'log.record.uid': '01J',
      },
      { traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' },
    )
    expect(logs).toHaveLength(1)
    expect(events).toEqual([
      {
        source: 'otel_log',
        source_event_id: '01J',
        ts: timeUs,
        ts_precision: 'us',
        ts_kind: 'logged',
        class: 'other',
        activity: 'read',
        action: 'invoice.downloaded',
        service: 'shop',
        read_only: true,
        outcome: 'denied',
        outcome_code: 'policy',
        outcome_reason: 'not yours',
        actor_key: 'mail:alice@example.com',
        actor_id: 'u-7',
        actor_name: 'alice',
        actor_email: 'alice@example.com',
        actor_type: 'user',
        session_id: 's-1',
        src_ip: '198.51.100.7',
        src_port: 50_123,
        user_agent: 'curl/8.5.0',
        ua_family: 'curl',
        resource_key: 'otel:invoice/42',
        resource_type: 'invoice',
        resource_name: '42',
        resources: [{ key: 'otel:invoice/42', type: 'invoice' }],
        reason: 'refund for OPS-12',
        reason_field: 'access.reason',
        ticket_ids: ['OPS-13', 'OPS-12'],
        request_id: 'r-1',
        correlation_ids: [{ kind: 'aws_request', value: 'A1' }],
        trace_id: '5b8efff798038103d269b633813fc60c',
        span_id: 'eee19b7ec3c1b174',
        trace_source: 'otel_log',
      },
    ])
  })

  it('is a request of a known user', async () => {
    const { events } = await driveAttributes({
      'enduser.id': 'u-7',
      'http.request.method': 'DELETE',
      'url.path': '/orders/42/items/3f2a9c1e-0000-4000-8000-000000000001',
      'server.address': 'shop.example.com',
      'http.response.status_code': 403,
      'network.peer.address': '::ffff:10.0.0.9',
      'db.namespace': 'shop',
      'db.query.text': 'DELETE FROM item',
    })
    expect(events).toMatchObject([
      {
        class: 'api',
        activity: 'delete',
        action: 'DELETE /orders/42/items/3f2a9c1e-0000-4000-8000-000000000001',
        read_only: false,
        outcome: 'denied',
        outcome_code: '403',
        actor_key: 'otel:u-7',
        src_ip: '10.0.0.9',
        http_method: 'DELETE',
        http_path: '/orders/42/items/3f2a9c1e-0000-4000-8000-000000000001',
        http_status: 403,
        resource_key: 'http:shop.example.com/orders/{id}/items/{id}',
        resource_type: 'route',
        db_name: 'shop',
        db_statement: 'DELETE FROM item',
      },
    ])
  })

  it('takes the path out of a target or a whole URL, and the route where it is stated', async () => {
    const paths = async (values: Readonly<Record<string, string>>) => {
      const { events } = await driveAttributes({ ...alice, 'http.method': 'GET', ...values })
      return [events[0]?.action, events[0]?.http_path]
    }
    expect(await paths({ 'http.target': '/a?b=1' })).toEqual(['GET /a', '/a'])
    expect(await paths({ 'url.full': 'https://shop.example.com/a/b?c#d' })).toEqual(['GET /a/b', '/a/b'])
    expect(await paths({ 'url.path': '/a/7', 'http.route': '/a/{id}' })).toEqual(['GET /a/{id}', '/a/7'])
  })

  it('is a call of a remote procedure by a known user', async () => {
    const { events } = await driveAttributes({
      ...alice,
      'rpc.service': 'shop.Orders',
      'rpc.method': 'GetOrder',
      'rpc.grpc.status_code': 16,
    })
    expect(events).toMatchObject([
      { action: 'shop.Orders/GetOrder', class: 'api', activity: 'read', outcome: 'auth_failed', outcome_code: '16' },
    ])
  })

  it.each([
    ['user.login.success', 'authn', 'login', 'success'],
    ['user_login_failed', 'authn', 'login', 'auth_failed'],
    ['auth.login', 'authn', 'login', 'unknown'],
    ['authn_login_fail:alice', 'authn', 'login', 'auth_failed'],
    ['authn_login_lock:alice,maxretries', 'authn', 'login', 'auth_failed'],
    ['authz_fail:alice,/admin', 'api', 'other', 'denied'],
    ['authz_change:alice,user,admin', 'iam', 'grant', 'unknown'],
    ['access.denied', 'api', 'other', 'denied'],
    ['user.logout', 'authn', 'logout', 'unknown'],
    ['user.password.change.failed', 'iam', 'update', 'failed'],
    ['role.granted', 'iam', 'grant', 'unknown'],
    ['sensitive_read:alice,/payroll', 'data', 'read', 'unknown'],
    ['audit.secret.deleted', 'other', 'delete', 'unknown'],
    ['audit.export.denied', 'other', 'other', 'denied'],
  ] as const)('is told by the event name %s', async (eventName, eventClass, activity, outcome) => {
    const { events } = await driveAttributes({}, { eventName })
    expect(events).toMatchObject([
      { class: eventClass, activity, outcome, action: eventName, actor_key: 'unknown:otel_log', actor_type: 'unknown' },
    ])
  })

  it('finds who and what in the body of an event', async () => {
    const body = {
      kvlistValue: {
        values: [
          {
            key: 'user',
            value: { kvlistValue: { values: [{ key: 'id', value: { stringValue: 'bob@example.com' } }] } },
          },
          { key: 'success', value: { boolValue: false } },
        ],
      },
    }
    const { events } = await driveAttributes({}, { eventName: 'login', body })
    expect(events).toMatchObject([
      { actor_key: 'mail:bob@example.com', actor_email: 'bob@example.com', outcome: 'auth_failed' },
    ])
  })

  it.each<[Readonly<Record<string, string | number | boolean>>, Outcome]>([
    [{ 'event.outcome': 'success' }, 'success'],
    [{ 'event.outcome': 'failure' }, 'failed'],
    [{ 'event.outcome': 'failure', 'http.response.status_code': 429 }, 'throttled'],
    [{ 'event.outcome': 'unknown', 'http.response.status_code': 200 }, 'success'],
    [{ outcome: 'Allowed' }, 'success'],
    [{ success: false }, 'failed'],
    [{ 'http.response.status_code': 404 }, 'failed'],
    [{ 'rpc.grpc.status_code': 0 }, 'success'],
    [{ 'error.type': '401' }, 'auth_failed'],
    [{ 'error.type': 'timeout' }, 'failed'],
    [{}, 'unknown'],
  ])('with %j ends as %s', async (values, outcome) => {
    const { events } = await driveAttributes({ ...alice, action: 'order.create', ...values })
    expect(events).toMatchObject([{ outcome, activity: 'create' }])
  })

  it.each<[string, Readonly<Record<string, string | number | boolean>>, string]>([
    ['a user without a deed', alice, ''],
    ['a user in an event that says no outcome', alice, 'cart.viewed'],
    ['a request without a user', { 'http.request.method': 'GET', 'url.path': '/' }, ''],
    ['an action without a user', { action: 'start', 'event.outcome': 'success' }, ''],
    ['a page view', {}, 'browser.page_view'],
    ['a name that only begins alike', {}, 'login.page.rendered'],
  ])('is not made from %s', async (_, values, eventName) => {
    const { events, logs } = await driveAttributes(values, { eventName })
    expect([events.length, logs.length]).toEqual([0, 1])
  })

  it('is made from an event of a user that says its outcome', async () => {
    const { events } = await driveAttributes({ ...alice, 'event.outcome': 'success' }, { eventName: 'cart.viewed' })
    expect(events).toMatchObject([{ action: 'cart.viewed', class: 'other', outcome: 'success' }])
  })

  it('keeps keys of objects as data', async () => {
    const { events } = await driveAttributes({
      ...alice,
      action: '__proto__',
      'resource.type': 'constructor',
      'resource.id': 'toString',
    })
    expect(events).toMatchObject([{ action: '__proto__', resource_key: 'otel:constructor/toString', ts: timeUs }])
    expect(timeNs).toContain(String(timeUs))
  })
})
