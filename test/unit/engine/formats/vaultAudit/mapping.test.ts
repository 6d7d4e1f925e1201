import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { vaultAudit } from '../../../../../src/engine/formats/vaultAudit'
import { driveJson } from '../../../../support/formatDriver'
import { accessor, request, response } from './support'

function map(...entries: readonly JsonObject[]): AccessEventRow {
  const driven = driveJson(vaultAudit, entries)
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

const start = BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n + 678_901n

describe('a request to Vault', () => {
  it('and its answer fill one row', () => {
    expect(map(request(), response())).toEqual({
      source: 'vault',
      source_event_id: 'r-1',
      ts: start,
      ts_end: start + 10_000n,
      ts_precision: 'us',
      ts_kind: 'start',
      duration_us: 10_000n,
      class: 'data',
      activity: 'read',
      action: 'read',
      service: 'kv',
      permission: 'secret/data/shop/db:read',
      read_only: true,
      outcome: 'success',
      actor_key: 'mail:alice@example.com',
      actor_id: 'e-1',
      actor_name: 'oidc-alice@example.com',
      actor_email: 'alice@example.com',
      actor_type: 'user',
      credential_id: accessor,
      credential_type: 'service',
      src_ip: '198.51.100.7',
      src_port: 51234,
      resource_key: 'vault:secret/data/shop/db',
      resource_type: 'kv',
      resource_name: 'secret/data/shop/db',
      resource_ns: 'root',
      resources: [{ key: 'vault:secret/data/shop/db', type: 'kv' }],
      http_path: '/v1/secret/data/shop/db',
      request_id: 'r-1',
    })
  })

  it.each([
    ['auth/userpass/login/alice', 'update', 'authn', 'login'],
    ['auth/oidc/oidc/callback', 'read', 'authn', 'login'],
    ['auth/approle/login', 'update', 'authn', 'login'],
    ['auth/token/create', 'update', 'session', 'assume'],
    ['auth/token/create/role', 'update', 'session', 'assume'],
    ['auth/token/revoke-self', 'update', 'session', 'revoke'],
    ['auth/token/lookup-self', 'read', 'session', 'read'],
    ['auth/approle/role/web/secret-id', 'update', 'iam', 'update'],
    ['identity/entity/id/1', 'delete', 'iam', 'delete'],
    ['sys/policies/acl/admin', 'update', 'policy', 'update'],
    ['sys/audit/file', 'update', 'config', 'update'],
    ['sys/mounts', 'read', 'api', 'read'],
    ['sys/capabilities-self', 'update', 'api', 'read'],
    ['sys/leases/revoke', 'update', 'session', 'revoke'],
    ['sys/wrapping/unwrap', 'update', 'session', 'update'],
    ['database/creds/readonly', 'read', 'session', 'assume'],
    ['aws/sts/deploy', 'update', 'session', 'assume'],
    ['pki/issue/web', 'update', 'session', 'create'],
    ['transit/decrypt/orders', 'update', 'data', 'execute'],
    ['secret/metadata/shop', 'list', 'data', 'list'],
    ['secret/data/shop', 'patch', 'data', 'update'],
    ['ca/roles/example', 'help', 'data', 'read'],
    ['database/creds/readonly', 'help', 'session', 'read'],
    ['secret/data/shop', 'frobnicate', 'data', 'other'],
  ])('knows what %s with %s is', (path, operation, kind, activity) => {
    const row = map(response({ request: { path, operation } }))
    expect([row.class, row.activity]).toEqual([kind, activity])
  })

  it('keeps the namespace, and claims no path of the interface there', () => {
    const row = map(response({ request: { namespace: { id: 'n1', path: 'team/' } } }))
    expect([row.resource_key, row.resource_ns, row.http_path]).toEqual([
      'vault:team/secret/data/shop/db',
      'team/',
      undefined,
    ])
  })

  it('keeps ids of what was handed out', () => {
    const row = map(
      response({
        response: {
          secret: { lease_id: 'database/creds/readonly/l-1' },
          auth: { accessor: 'hmac-sha256:11' },
          wrap_info: { accessor: 'hmac-sha256:22', wrapped_accessor: 'hmac-sha256:33', token: 'hmac-sha256:44' },
        },
      }),
    )
    expect(row.correlation_ids).toEqual([
      { kind: 'vault_lease', value: 'database/creds/readonly/l-1' },
      { kind: 'vault_wrap_accessor', value: 'hmac-sha256:22' },
      { kind: 'vault_wrapped_accessor', value: 'hmac-sha256:33' },
      { kind: 'vault_issued_accessor', value: 'hmac-sha256:11' },
    ])
  })

  it('reads headers that the device was told to write', () => {
    const headers = {
      'User-Agent': ['vault-client-go/0.4.3 (linux/amd64)'],
      'x-forwarded-for': ['203.0.113.5, proxy.example.com'],
      traceparent: ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
      'x-request-id': ['q-1'],
    }
    expect(map(response({ request: { headers } }))).toMatchObject({
      user_agent: 'vault-client-go/0.4.3 (linux/amd64)',
      ua_family: 'vault-client-go',
      ip_chain: ['203.0.113.5', 'proxy.example.com'],
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      span_id: '00f067aa0ba902b7',
      trace_source: 'traceparent',
      correlation_ids: [{ kind: 'x_request_id', value: 'q-1' }],
    })
    const hashed = { 'user-agent': ['hmac-sha256:00'], 'x-forwarded-for': ['hmac-sha256:01'] }
    expect(map(response({ request: { headers: hashed } }))).toMatchObject({
      user_agent: 'hmac-sha256:00',
      ua_family: undefined,
      ip_chain: undefined,
    })
  })

  it('takes a port from the address, and a name where there is no address', () => {
    expect(map(response({ request: { remote_address: '[2001:db8::1]:8200', remote_port: 'x' } }))).toMatchObject({
      src_ip: '2001:db8::1',
      src_port: 8200,
    })
    expect(map(response({ request: { remote_address: 'unix', remote_port: 70000 } }))).toMatchObject({
      src_host: 'unix',
      src_port: undefined,
    })
  })

  it('takes reasons and tickets from the metadata of the token', () => {
    const metadata = { ticket: 'CHG0012345', reason: 'rotate keys' }
    expect(map(response({ auth: { metadata } }))).toMatchObject({
      reason: 'rotate keys',
      reason_field: 'auth.metadata.reason',
      ticket_ids: ['CHG0012345'],
    })
  })

  it('keeps an entry without a time, and flags one without a zone', () => {
    const none = map({ ...response(), time: 'soon' })
    expect([none.ts, none.flags]).toEqual([undefined, ['clock_suspect']])
    expect(map({ ...response(), time: '2026-01-02T03:04:05' }).flags).toEqual(['clock_suspect', 'zone_assumed'])
  })
})

describe('actors of Vault', () => {
  const who = (auth: JsonObject, inner: JsonObject = {}) => map(response({ auth, request: inner }))

  it.each([
    ['oidc-alice@example.com', {}, 'mail:alice@example.com', 'user'],
    ['ldap-alice', {}, 'vault:e-1', 'user'],
    ['approle', {}, 'vault:e-1', 'unknown'],
    ['approle-web', {}, 'vault:e-1', 'service_account'],
    ['kubernetes-shop-web', {}, 'vault:e-1', 'service_account'],
    ['token-deploy', {}, 'vault:e-1', 'unknown'],
    ['corp-sso-x', { email: 'Bob@Example.com' }, 'mail:bob@example.com', 'user'],
    ['root', {}, 'vault:e-1', 'root'],
  ])('takes %s with %o as %s', (display_name, metadata, key, type) => {
    const row = who({ display_name, metadata })
    expect([row.actor_key, row.actor_type]).toEqual([key, type])
  })

  it('goes by the name where there is no entity, and flags the root policy', () => {
    expect(who({ entity_id: '', display_name: 'root', policies: ['root'] })).toMatchObject({
      actor_key: 'vault:root',
      flags: ['privileged'],
    })
  })

  it('takes the token that a login gave, and the name that a failed login claimed', () => {
    const path = 'auth/userpass/login/alice'
    const none = { auth: null, request: { path, operation: 'update', client_token: null, client_token_accessor: null } }
    expect(
      map(response({ ...none, response: { auth: { display_name: 'userpass-alice', entity_id: 'e-2' } } })),
    ).toMatchObject({ actor_id: 'e-2', actor_name: 'userpass-alice', actor_type: 'user', outcome: 'success' })
    expect(map(response({ ...none, response: null, error: 'invalid username or password' }))).toMatchObject({
      actor_key: 'vault:userpass/alice',
      actor_name: 'alice',
      actor_type: 'user',
      outcome: 'auth_failed',
    })
  })

  it('has nobody on paths that ask for no token', () => {
    const inner = { path: 'sys/health', client_token: null, client_token_accessor: null }
    expect(map(response({ auth: null, request: inner }))).toMatchObject({
      actor_key: 'unknown:vault',
      actor_type: 'anonymous',
    })
  })
})

describe('outcomes of Vault', () => {
  it.each([
    ['permission denied', 'denied'],
    ['1 error occurred:\n\t* permission denied\n\n', 'denied'],
    ['2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n', 'auth_failed'],
    ['missing client token', 'auth_failed'],
    ['request path "secret/data/x": rate limit quota exceeded', 'throttled'],
    ['lease count quota exceeded', 'throttled'],
    ['unsupported path', 'failed'],
  ])('gives the error %j the outcome %s', (error, outcome) => {
    const row = map(request(), response({ error }))
    expect([row.outcome, row.outcome_reason]).toEqual([outcome, error.trim()])
  })

  it('does not know what became of a request without an answer, unless an error says so', () => {
    expect(map(request()).outcome).toBe('unknown')
    expect(map(request({ error: 'permission denied' }))).toMatchObject({
      outcome: 'denied',
      policy_type: 'acl',
      policy_effect: 'implicit_deny',
    })
  })

  it('takes an answer of nothing but an error for a failure, except where data are the own of somebody', () => {
    const answer = (mount_type: string, path: string) =>
      map(response({ request: { mount_type, path }, response: { data: { error: 'hmac-sha256:00' } } })).outcome
    expect(answer('database', 'database/config/x')).toBe('failed')
    expect(answer('userpass', 'auth/userpass/login/alice')).toBe('auth_failed')
    expect(answer('kv', 'secret/x')).toBe('success')
  })

  it('names the policy that allowed, and sees that none did', () => {
    const granting_policies = [{ name: 'shop', namespace_id: 'root', type: 'acl' }]
    expect(map(response({ auth: { policy_results: { allowed: true, granting_policies } } }))).toMatchObject({
      policy: 'shop',
      policy_type: 'acl',
      policy_effect: 'allow',
    })
    expect(map(request({ auth: { policy_results: { allowed: false } } })).outcome).toBe('denied')
  })
})
