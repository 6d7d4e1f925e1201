import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { teleport } from '../../../../../src/engine/formats/teleport'
import { driveJson } from '../../../../support/formatDriver'

const base: JsonObject = {
  uid: 'u-1',
  time: '2026-01-02T03:04:05.678Z',
  cluster_name: 'main',
  ei: 0,
  user: 'alice@example.com',
}

function map(event: string, code: string, change: JsonObject = {}): AccessEventRow {
  const driven = driveJson(teleport, [{ ...base, event, code, ...change }])
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

describe('an event of Teleport', () => {
  it('fills every column that a sign-in states', () => {
    const row = map('user.login', 'T1000I', {
      method: 'local',
      success: true,
      'addr.remote': '[2001:db8::7]:51234',
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0',
      mfa_device: { mfa_device_name: 'key', mfa_device_type: 'WebAuthn' },
    })
    expect(row).toEqual({
      source: 'teleport',
      source_event_id: 'u-1',
      ts: BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) * 1000n,
      ts_precision: 'ms',
      ts_kind: 'logged',
      class: 'authn',
      activity: 'login',
      action: 'user.login',
      service: 'teleport',
      outcome: 'success',
      outcome_code: 'T1000I',
      actor_key: 'mail:alice@example.com',
      actor_id: 'alice@example.com',
      actor_name: 'alice@example.com',
      actor_email: 'alice@example.com',
      actor_tenant: 'main',
      actor_type: 'user',
      mfa: true,
      src_ip: '2001:db8::7',
      src_port: 51234,
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0',
      ua_family: 'Firefox',
      resource_key: 'teleport:cluster/main',
      resource_type: 'cluster',
      resource_name: 'main',
      resource_tenant: 'main',
      resources: [{ key: 'teleport:cluster/main', type: 'cluster' }],
    })
  })

  it.each<[string, JsonObject, string, string]>([
    ['auth', {}, 'authn', 'login'],
    ['mfa.add', {}, 'authn', 'create'],
    ['mfa.delete', {}, 'authn', 'delete'],
    ['saml.idp.auth', {}, 'authn', 'login'],
    ['bot.join', {}, 'authn', 'login'],
    ['session.start', {}, 'session', 'connect'],
    ['session.end', {}, 'session', 'logout'],
    ['session.command', {}, 'session', 'execute'],
    ['session.network', {}, 'session', 'connect'],
    ['exec', {}, 'session', 'execute'],
    ['scp', { action: 'upload' }, 'session', 'update'],
    ['scp', { action: 'download' }, 'session', 'read'],
    ['sftp', { action: 1 }, 'session', 'read'],
    ['sftp', { action: 2 }, 'session', 'other'],
    ['sftp', { action: 4 }, 'session', 'update'],
    ['sftp', { action: 9 }, 'session', 'list'],
    ['sftp', { action: 11 }, 'session', 'delete'],
    ['sftp', { action: 12 }, 'session', 'create'],
    ['cert.create', {}, 'session', 'assume'],
    ['db.session.start', {}, 'session', 'connect'],
    ['db.session.end', {}, 'session', 'logout'],
    ['windows.desktop.session.start', {}, 'session', 'connect'],
    ['db.session.query', { db_query: 'x', db_protocol: 'redis' }, 'query', 'execute'],
    ['db.session.query', { db_query: 'DELETE FROM t', db_protocol: 'postgres' }, 'query', 'delete'],
    ['db.session.elasticsearch.request', { method: 'POST' }, 'query', 'execute'],
    ['app.session.request', { method: 'PUT' }, 'api', 'update'],
    ['app.session.dynamodb.request', { method: 'POST' }, 'api', 'create'],
    ['kube.request', { verb: 'GET', resource_kind: 'pods', resource_name: 'p' }, 'api', 'read'],
    ['kube.request', { verb: 'GET', resource_kind: 'pods' }, 'api', 'list'],
    ['kube.request', { verb: 'POST', request_path: '/api/v1/namespaces/a/pods/p/exec' }, 'api', 'execute'],
    ['kube.request', { verb: 'DELETE' }, 'api', 'delete'],
    ['access_request.create', {}, 'iam', 'create'],
    ['access_request.review', { proposed_state: 'APPROVED' }, 'iam', 'grant'],
    ['access_request.update', { state: 'DENIED' }, 'iam', 'revoke'],
    ['access_request.update', { state: 'PENDING' }, 'iam', 'update'],
    ['access_list.member.add', {}, 'iam', 'grant'],
    ['access_list.member.delete', {}, 'iam', 'revoke'],
    ['role.created', {}, 'iam', 'create'],
    ['user.delete', {}, 'iam', 'delete'],
    ['lock.created', {}, 'iam', 'create'],
    ['saml.created', {}, 'iam', 'create'],
    ['auth_preference.update', {}, 'policy', 'update'],
    ['db.create', {}, 'config', 'create'],
    ['secreports.report.run', {}, 'other', 'execute'],
  ])('knows what %s %o is', (event, change, kind, activity) => {
    const row = map(event, 'T1000I', change)
    expect([row.class, row.activity]).toEqual([kind, activity])
  })

  it('keeps a query with its shape, its database and what its comment says', () => {
    const db_query =
      "SELECT * FROM orders WHERE id = 7 /*traceparent='00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'*/"
    expect(
      map('db.session.query', 'TDB02I', {
        db_query,
        db_name: 'shop',
        db_service: 'orders',
        db_protocol: 'postgres',
        db_user: 'app',
        sid: 's-1',
        affected_records: 3,
        success: true,
      }),
    ).toMatchObject({
      service: 'postgres',
      read_only: true,
      session_id: 's-1',
      effective_id: 'app',
      effective_name: 'app',
      chain: [{ kind: 'gateway', id: 'app', name: 'app', type: 'db_user' }],
      resource_key: 'teleport:database/orders/shop',
      resource_type: 'database',
      db_name: 'shop',
      db_statement: db_query,
      db_fingerprint: 'select * from orders where id = ?',
      db_rows: 3n,
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    })
  })

  it.each<[string, JsonObject, string]>([
    ['db.session.postgres.statements.parse', { query: 'select 1', db_protocol: 'postgres' }, 'select 1'],
    ['db.session.spanner.rpc', { args: { sql: 'select 2' }, db_protocol: 'spanner' }, 'select 2'],
    [
      'db.session.cassandra.batch',
      { children: [{ query: 'a' }, {}, { query: 'b' }], db_protocol: 'cassandra' },
      'a;\nb',
    ],
  ])('finds the statement of %s', (event, change, statement) => {
    expect(map(event, 'TPG00I', change).db_statement).toBe(statement)
  })

  it('keeps a document command without a shape, and no statement of a report', () => {
    const row = map('db.session.query', 'TDB02I', { db_query: '{"find":"t"}', db_protocol: 'mongodb' })
    expect([row.db_statement, row.db_fingerprint]).toEqual(['{"find":"t"}', undefined])
    expect(map('secreports.audit.query.run', 'SRE001I', { query: 'select 1' }).db_statement).toBeUndefined()
  })

  it('keeps a request to a cluster of Kubernetes', () => {
    expect(
      map('kube.request', 'T3009I', {
        verb: 'get',
        request_path: '/api/v1/namespaces/shop/pods/web?x=1',
        response_code: 403,
        kubernetes_cluster: 'prod',
        resource_namespace: 'shop',
        resource_kind: 'pods',
        resource_name: 'web',
        kubernetes_users: ['dev'],
        kubernetes_groups: ['system:masters'],
        login: '-teleport-internal',
        proto: 'kube',
      }),
    ).toMatchObject({
      outcome: 'denied',
      service: 'kube',
      http_method: 'GET',
      http_path: '/api/v1/namespaces/shop/pods/web',
      http_status: 403,
      resource_key: 'teleport:kube/prod/shop/pods/web',
      resource_name: 'web',
      resource_ns: 'shop',
      chain: [{ kind: 'gateway', id: 'dev', type: 'user' }],
    })
  })

  it.each<[string, JsonObject, string]>([
    ['session.start', { server_id: 's', server_hostname: 'web' }, 'teleport:server/s'],
    ['app.session.start', { app_name: 'wiki', server_id: 's' }, 'teleport:app/wiki'],
    ['windows.desktop.session.start', { desktop_name: 'pc' }, 'teleport:desktop/pc'],
    ['exec', { kubernetes_cluster: 'prod' }, 'teleport:kube/prod'],
    ['role.created', { name: 'admin' }, 'teleport:role/admin'],
    ['lock.created', { name: 'l', target: { user: 'bob' } }, 'teleport:lock/l'],
    ['mfa.add', { mfa_device_name: 'key' }, 'teleport:mfa_device/key'],
    ['device.enroll', { device: { device_id: 'd' } }, 'teleport:device/d'],
    ['access_list.member.add', { access_list_name: 'a', members: [{ member_name: 'bob' }] }, 'teleport:access_list/a'],
    ['session.recording.access', { sid: 's-1' }, 'teleport:recording/s-1'],
    ['ssm.run', { instance_id: 'i-1' }, 'teleport:instance/i-1'],
    ['exec', { command: 'uname -a', server_id: 's' }, 'teleport:command/uname -a'],
    ['scp', { path: '/tmp/x', action: 'upload', server_id: 's' }, 'teleport:file//tmp/x'],
    ['session.command', { program: 'nc', server_id: 's' }, 'teleport:program/nc'],
  ])('takes the target of %s', (event, change, key) => {
    expect(map(event, 'T1000I', change).resource_key).toBe(key)
  })

  it('lists all targets', () => {
    const ran = map('session.command', 'T4000I', { path: '/bin/nc', argv: ['-l', '-p', '11434'], server_id: 's' })
    expect([ran.resource_name, ran.resources?.map((item) => item.key)]).toEqual([
      '/bin/nc -l -p 11434',
      ['teleport:program//bin/nc', 'teleport:server/s'],
    ])
    const row = map('session.network', 'T4002I', { server_id: 's', dst_addr: '203.0.113.9', dst_port: 1723 })
    expect(row.resources?.map((item) => item.key)).toEqual(['teleport:server/s', 'teleport:host/203.0.113.9:1723'])
    const locked = map('lock.created', 'TLK00I', { name: 'l', target: { user: 'bob' } })
    expect(locked.resources?.map((item) => item.key)).toEqual(['teleport:lock/l', 'teleport:user/bob'])
  })

  it('keeps requests for access as tickets, with their reason', () => {
    expect(
      map('access_request.create', 'T5000I', { id: 'r-1', reason: 'fix OPS-7', roles: ['admin'], state: 'PENDING' }),
    ).toMatchObject({
      resource_key: 'teleport:access_request/r-1',
      resources: [{ key: 'teleport:access_request/r-1' }, { key: 'teleport:role/admin' }],
      reason: 'fix OPS-7',
      reason_field: 'reason',
      ticket_ids: ['OPS-7', 'r-1'],
      correlation_ids: [{ kind: 'teleport_access', value: 'r-1' }],
    })
    expect(map('cert.create', 'TC000I', { access_requests: ['r-1'] })).toMatchObject({
      ticket_ids: ['r-1'],
      correlation_ids: [{ kind: 'teleport_access', value: 'r-1' }],
    })
  })

  it('measures a session at its end, and what went through it', () => {
    const ended = { session_start: '2026-01-02T03:00:00Z', session_stop: '2026-01-02T03:00:01.5Z' }
    expect(map('session.end', 'T2004I', ended)).toMatchObject({ ts_kind: 'end', duration_us: 1_500_000n })
    expect(map('session.data', 'T2006I', { rx: 10, tx: '20' })).toMatchObject({ bytes_in: 10n, bytes_out: 20n })
  })

  it('does not take the address of a desktop for the one of a person', () => {
    const row = map('desktop.clipboard.send', 'TDP02I', { 'addr.remote': 'pc:3389', desktop_addr: 'pc:3389' })
    expect([row.src_ip, row.src_host]).toEqual([undefined, undefined])
    expect(map('auth', 'T3007W', { 'addr.remote': 'bastion:22' })).toMatchObject({ src_host: 'bastion', src_port: 22 })
  })

  it('keeps an event without a time, and flags a time without a zone', () => {
    expect(map('role.created', 'T9000I', { time: '2026-01-02T23:00:000.0Z' }).flags).toEqual(['clock_suspect'])
    expect(map('role.created', 'T9000I', { time: '2026-01-02 03:04:05' })).toMatchObject({
      ts_precision: 's',
      flags: ['clock_suspect', 'zone_assumed'],
    })
  })
})

describe('actors of Teleport', () => {
  it.each<[JsonObject, string, string]>([
    [{ user: 'bob' }, 'tp:main/bob', 'user'],
    [{ user: 'bob', user_cluster_name: 'leaf' }, 'tp:leaf/bob', 'user'],
    [{ user: 'bot-ci', user_kind: 2 }, 'tp:main/bot-ci', 'bot'],
    [{ user: null, bot_name: 'ci' }, 'tp:main/ci', 'bot'],
    [
      { user: '05ff66c9-a948-42f4-af0e-a1b6ba62561e.main' },
      'tp:main/05ff66c9-a948-42f4-af0e-a1b6ba62561e.main',
      'system',
    ],
    [{ user: 'system' }, 'tp:main/system', 'system'],
    [{ user: null, updated_by: 'bob' }, 'tp:main/bob', 'user'],
    [{ user: null, author: 'bob' }, 'tp:main/bob', 'user'],
    [{ user: null, reviewer: 'bob' }, 'tp:main/bob', 'user'],
    [{ user: { user: 'bob' } }, 'tp:main/bob', 'user'],
    [{ user: null, identity: { user: 'bob' } }, 'tp:main/bob', 'user'],
    [{ user: null }, 'unknown:teleport', 'unknown'],
  ])('finds the one of %o', (change, key, type) => {
    const row = map('role.created', 'T1000I', change)
    expect([row.actor_key, row.actor_type]).toEqual([key, type])
  })

  it('takes who impersonates as the actor', () => {
    expect(map('session.start', 'T2000I', { user: 'deploy', impersonator: 'alice', login: 'root' })).toMatchObject({
      actor_name: 'alice',
      effective_name: 'root',
      chain: [
        { kind: 'impersonate', id: 'deploy', name: 'deploy', type: 'user' },
        { kind: 'gateway', id: 'root', name: 'root', type: 'user' },
      ],
    })
    const certificate = { user: null, identity: { user: 'deploy', impersonator: 'alice' }, cert_type: 'user' }
    expect(map('cert.create', 'TC000I', certificate)).toMatchObject({
      actor_name: 'alice',
      effective_name: 'deploy',
      credential_type: 'user',
    })
  })

  it.each<[string, JsonObject, string | undefined]>([
    ['app.session.start', { aws_role_arn: 'arn:aws:iam::1:role/r' }, 'arn:aws:iam::1:role/r'],
    ['app.session.start', { azure_identity: 'z' }, 'z'],
    ['app.session.start', { gcp_service_account: 'g' }, 'g'],
    ['windows.desktop.session.start', { windows_user: 'Administrator' }, 'Administrator'],
    ['kube.request', { kubernetes_groups: ['g'] }, 'g'],
    ['session.start', { login: 'root' }, 'root'],
    ['session.start', {}, undefined],
  ])('names whose rights were used in %s %o', (event, change, effective) => {
    expect(map(event, 'T1000I', change).effective_name).toBe(effective)
  })

  it('keeps tokens and second factors', () => {
    expect(map('bot.join', 'TJ001I', { token_name: 't' })).toMatchObject({
      credential_id: 't',
      credential_type: 'token',
    })
    expect(map('session.start', 'T2000I', { with_mfa: 'd-1' }).mfa).toBe(true)
    expect(map('session.start', 'T2000I', { with_mfa: '', mfa_device: null }).mfa).toBeUndefined()
  })
})

describe('outcomes of Teleport', () => {
  it.each<[string, string, JsonObject, string]>([
    ['user.login', 'T1000I', { success: true }, 'success'],
    ['user.login', 'T1000W', { success: false, error: 'user not found' }, 'auth_failed'],
    ['auth', 'T3007W', { success: false }, 'auth_failed'],
    ['mfa.add', 'T1006W', {}, 'auth_failed'],
    ['recovery_code.used', 'T1009W', { success: false }, 'auth_failed'],
    ['db.session.start', 'TDB00W', { success: false, error: 'access to db denied' }, 'denied'],
    ['db.session.start', 'TDB00W', { success: false, message: 'access denied to user' }, 'denied'],
    ['db.session.start', 'TDB00W', { success: false, error: 'not allowed' }, 'denied'],
    ['db.session.start', 'TDB00W', { success: false, error: 'User does not have permissions' }, 'denied'],
    ['db.session.start', 'TDB00W', { success: false, error: 'connection refused' }, 'failed'],
    ['session.rejected', 'T1006W', {}, 'denied'],
    ['app.session.request', 'T2009I', { status_code: 404 }, 'failed'],
    ['app.session.request', 'T2009I', { status_code: '401' }, 'auth_failed'],
    ['db.session.dynamodb.request', 'TDY01E', { status_code: 0 }, 'failed'],
    ['device', 'TV005I', { status: { success: false } }, 'failed'],
    ['scp', 'T3004E', { exitError: 'exit status 1' }, 'failed'],
    ['ssm.run', 'TDS00W', {}, 'failed'],
    ['role.created', 'T9000I', {}, 'success'],
  ])('gives %s %s %o the outcome %s', (event, code, change, outcome) => {
    expect(map(event, code, change).outcome).toBe(outcome)
  })

  it('keeps the words', () => {
    expect(map('scp', 'T3004E', { exitError: 'exit status 1' }).outcome_reason).toBe('exit status 1')
  })
})

describe('broken events', () => {
  it('do no harm', () => {
    const hostile: JsonValue = JSON.parse(
      '{"event":"user.login","code":"T1000I","uid":{"a":1},"time":7,"user":["x"],"__proto__":{"user":"eve"},"addr.remote":5,"mfa_device":"x","members":{},"children":"x","identity":[],"success":"maybe"}',
    )
    const [row] = driveJson(teleport, [hostile]).events
    expect(row).toMatchObject({ outcome: 'success', actor_key: 'unknown:teleport', flags: ['clock_suspect'] })
  })
})
