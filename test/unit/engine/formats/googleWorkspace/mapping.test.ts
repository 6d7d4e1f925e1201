import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { utcClock } from '../../../../../src/common/time'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { googleWorkspace } from '../../../../../src/engine/formats/googleWorkspace'
import { driveJson, position } from '../../../../support/formatDriver'
import { activity, of, viewed } from './support'

function rows(value: JsonObject): readonly AccessEventRow[] {
  const driven = driveJson(googleWorkspace, [value])
  expect(driven.rejects).toEqual([])
  return driven.events
}

function only(value: JsonObject): AccessEventRow {
  const [row] = rows(value)
  if (row === undefined) throw new Error('no row')
  return row
}

const event = (name: string, parameters: JsonObject = {}, type = 'x'): JsonObject => ({
  type,
  name,
  parameters: Object.entries(parameters).map(([key, value]): JsonObject => ({ name: key, value })),
})

describe('an activity of Google Workspace', () => {
  it('fills every column that a plain event states', () => {
    expect(only(activity([viewed], { networkInfo: { ipAsn: [64500], regionCode: 'CH' } }))).toEqual({
      source: 'gworkspace',
      source_event_id: 'C1/drive/2026-01-02T03:04:05.678Z/-77#0',
      ts: BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) * 1000n,
      ts_precision: 'ms',
      ts_kind: 'logged',
      class: 'data',
      activity: 'read',
      action: 'view',
      service: 'drive',
      read_only: true,
      outcome: 'success',
      actor_key: 'mail:alice@example.com',
      actor_id: '118111111111111111111',
      actor_name: 'alice@example.com',
      actor_email: 'alice@example.com',
      actor_tenant: 'C1',
      actor_type: 'user',
      src_ip: '198.51.100.7',
      src_country: 'CH',
      src_asn: '64500',
      resource_key: 'gworkspace:file/d-1',
      resource_type: 'document',
      resource_name: 'Plan',
      resource_tenant: 'example.com',
      resources: [{ key: 'gworkspace:file/d-1', type: 'file' }],
    })
  })

  it('gives one row for each of its events', () => {
    const several = rows(activity([viewed, event('edit'), null, event('print')]))
    expect(several.map((row) => [row.action, row.source_event_id?.split('#')[1]])).toEqual([
      ['view', '0'],
      ['edit', '1'],
      ['print', '2'],
    ])
  })

  it('reads a single event that is no list, and a flattened activity', () => {
    expect(only(activity(viewed)).action).toBe('view')
    const flat = only(
      activity(null, {
        name: 'change_owner',
        type: 'acl_change',
        parameters: { doc_id: 'd', new_owner: 'b@example.com' },
      }),
    )
    expect(flat).toMatchObject({ action: 'change_owner', activity: 'grant', resource_key: 'gworkspace:file/d' })
    expect(flat.resources).toHaveLength(2)
  })

  it('keeps all digits of a qualifier that is a number', () => {
    const raw =
      '{"kind":"admin#reports#activity","id":{"applicationName":"drive","uniqueQualifier":-7312729053723258069}}'
    const ids: unknown[] = []
    const session = googleWorkspace.json?.open({
      wallClock: utcClock,
      memberName: 'test',
      sink: {
        emit: (_, emitted) =>
          ids.push(...emitted.map((row) => (row.table === 'access_event' ? row.row.source_event_id : ''))),
        skip: () => {},
        reject: () => {},
      },
    })
    session?.record(JSON.parse(raw), {}, position(0, raw))
    expect(ids).toEqual(['-/drive/-/-7312729053723258069#0'])
  })

  it('keeps a time without a zone and flags it, as it does an activity without a time', () => {
    const id = (time: JsonValue) => ({ id: { applicationName: 'drive', time } })
    expect(only(activity([viewed], id('2026-01-02 03:04:05.678000000')))).toMatchObject({
      ts_precision: 'us',
      flags: ['clock_suspect', 'zone_assumed'],
    })
    const none = only(activity([viewed], id(null)))
    expect([none.ts, none.ts_kind, none.source_event_id, none.flags]).toEqual([
      undefined,
      undefined,
      undefined,
      ['clock_suspect'],
    ])
  })

  it.each<[string, JsonObject, string, string]>([
    ['login', event('login_success'), 'authn', 'login'],
    ['saml', event('login_failure'), 'authn', 'login'],
    ['login', event('logout'), 'authn', 'logout'],
    ['admin', event('CREATE_USER', {}, 'USER_SETTINGS'), 'iam', 'create'],
    ['admin', event('ASSIGN_ROLE', {}, 'DELEGATED_ADMIN_SETTINGS'), 'iam', 'grant'],
    ['admin', event('UNASSIGN_ROLE', {}, 'DELEGATED_ADMIN_SETTINGS'), 'iam', 'revoke'],
    ['admin', event('ADD_GROUP_MEMBER', {}, 'GROUP_SETTINGS'), 'iam', 'grant'],
    ['admin', event('REMOVE_GROUP_MEMBER', {}, 'GROUP_SETTINGS'), 'iam', 'revoke'],
    ['admin', event('CHANGE_TWO_STEP', {}, 'SECURITY_SETTINGS'), 'policy', 'update'],
    ['admin', event('TOGGLE_SSO_ENABLED', {}, 'DOMAIN_SETTINGS'), 'config', 'update'],
    ['admin', event('VERIFY_DOMAIN_ALIAS', {}, 'DOMAIN_SETTINGS'), 'config', 'update'],
    ['drive', event('download'), 'data', 'read'],
    ['drive', event('trash'), 'data', 'delete'],
    ['drive', event('change_user_access', { new_value: 'can_edit' }), 'data', 'grant'],
    ['drive', event('change_user_access', { new_value: 'none' }), 'data', 'revoke'],
    ['drive', event('shared_drive_membership_change', { removed_role: 'editor' }), 'data', 'revoke'],
    ['drive', event('shared_drive_membership_change', { added_role: 'editor' }), 'data', 'grant'],
    ['calendar', event('change_calendar_acls', { access_level: 'none' }), 'data', 'revoke'],
    ['token', event('authorize'), 'session', 'grant'],
    ['token', event('revoke'), 'session', 'revoke'],
    ['token', event('ACCESS_DENY_EVENT', {}, 'context_aware_access'), 'policy', 'other'],
    ['token', event('ACCESS', {}, 'access_transparency'), 'data', 'read'],
    ['user_accounts', event('2sv_disable'), 'iam', 'update'],
    ['groups_enterprise', event('add_member'), 'iam', 'update'],
    ['mobile', event('DEVICE_SYNC_EVENT'), 'other', 'other'],
  ])('knows what %s %o is', (application, what, kind, done) => {
    const row = only(of(application, [what]))
    expect([row.class, row.activity, row.service]).toEqual([kind, done, application])
  })

  it.each<[JsonObject, string, string]>([
    [{ USER_EMAIL: 'b@example.com', ROLE_NAME: 'r' }, 'gworkspace:user/b@example.com', 'user'],
    [{ GROUP_EMAIL: 'g@example.com' }, 'gworkspace:group/g@example.com', 'group'],
    [{ ROLE_NAME: 'r' }, 'gworkspace:role/r', 'role'],
    [{ SETTING_NAME: 's', DOMAIN_NAME: 'd' }, 'gworkspace:setting/s', 'setting'],
    [{ client_id: 'c', app_name: 'Notes' }, 'gworkspace:app/Notes', 'app'],
    [{ target_user: 'b@example.com' }, 'gworkspace:user/b@example.com', 'user'],
    [{ affected_email_address: 'b@example.com' }, 'gworkspace:user/b@example.com', 'user'],
    [{ DOMAIN_NAME: 'example.com' }, 'gworkspace:domain/example.com', 'domain'],
  ])('takes the target of %o', (parameters, key, type) => {
    const row = only(of('admin', [event('X', parameters)]))
    expect([row.resource_key, row.resource_type]).toEqual([key, type])
  })

  it('takes messages and listed resources for targets', () => {
    const info = {
      messageValue: {
        parameter: [
          { name: 'rfc2822_message_id', value: '<m@example.com>' },
          { name: 'subject', value: 'Hi' },
        ],
      },
    }
    expect(only(of('gmail', [{ name: 'delivery', parameters: [{ name: 'message_info', ...info }] }]))).toMatchObject({
      resource_key: 'gworkspace:message/<m@example.com>',
      resource_name: 'Hi',
    })
    const flat = { message_info: { rfc2822_message_id: '<n@example.com>' } }
    expect(only(of('gmail', null, { name: 'delivery', type: 't', parameters: flat })).resource_key).toBe(
      'gworkspace:message/<n@example.com>',
    )
    const detail = { resourceDetails: [{ id: 'r-1', title: 'Sheet', type: 'DRIVE_ITEM' }] }
    expect(only(activity([event('view')], detail))).toMatchObject({
      resource_key: 'gworkspace:drive_item/r-1',
      resource_name: 'Sheet',
    })
  })

  it('reads values of every kind', () => {
    const parameters: JsonValue = [
      { name: 'rule_name', multiValue: ['a', 'b'] },
      { name: 'rule_id', multiIntValue: ['12'] },
      { name: 'triggered_actions', multiValue: ['QUARANTINE for OPS-7'] },
      { name: 'user_agent', value: 'Mozilla/5.0' },
    ]
    expect(only(of('rules', [{ name: 'rule_match', parameters }]))).toMatchObject({
      resource_name: 'a, b',
      correlation_ids: [{ kind: 'gworkspace_rule', value: '12' }],
      reason: 'QUARANTINE for OPS-7',
      reason_field: 'parameters.triggered_actions',
      ticket_ids: ['OPS-7'],
      user_agent: 'Mozilla/5.0',
    })
  })

  it('keeps justifications and tickets of access by staff of the provider', () => {
    const parameters = { JUSTIFICATIONS: 'Customer asked', TICKETS: 'T-77', LOG_ID: 'l' }
    expect(only(of('access_transparency', [event('ACCESS', parameters)]))).toMatchObject({
      reason: 'Customer asked',
      ticket_ids: ['T-77'],
      correlation_ids: [{ kind: 'gworkspace_log', value: 'l' }],
    })
  })
})

describe('outcomes of Google Workspace', () => {
  it.each<[JsonObject, string]>([
    [event('login_success'), 'success'],
    [event('login_failure', { login_failure_type: 'login_failure_invalid_password' }), 'auth_failed'],
    [event('login_challenge', { login_challenge_status: 'Challenge Passed.' }), 'success'],
    [event('login_challenge', { login_challenge_status: 'passed' }), 'success'],
    [event('login_challenge', { login_challenge_status: 'Challenge Failed.' }), 'interrupted'],
    [event('login_challenge'), 'interrupted'],
    [event('login_verification', { login_challenge_status: 'Challenge Passed.' }), 'success'],
    [event('risky_sensitive_action_blocked'), 'denied'],
    [event('ACCESS_DENY_EVENT'), 'denied'],
    [event('access_denied_item'), 'denied'],
    [event('CUSTOMER_TAKEOUT_FAILED'), 'failed'],
    [
      {
        name: 'delivery',
        parameters: [{ name: 'event_info', messageValue: { parameter: [{ name: 'success', boolValue: false }] } }],
      },
      'failed',
    ],
    [{ name: 'delivery', parameters: { event_info: { success: true } } }, 'success'],
    [event('view'), 'success'],
    [{ type: 'login' }, 'unknown'],
  ])('gives %o its outcome', (what, outcome) => {
    expect(only(of('login', [what])).outcome).toBe(outcome)
  })

  it('keeps why a sign-in failed, and which level was not met', () => {
    expect(only(of('login', [event('login_failure', { login_failure_type: 'invalid_password' })]))).toMatchObject({
      outcome_code: 'invalid_password',
      outcome_reason: 'invalid_password',
    })
    expect(only(of('token', [event('ACCESS_DENY_EVENT', { CAA_ACCESS_LEVEL_UNSATISFIED: 'managed' })]))).toMatchObject({
      policy: 'managed',
      policy_type: 'access_level',
      policy_effect: 'explicit_deny',
    })
  })

  it.each<[JsonObject, boolean | undefined]>([
    [event('login_success', { login_challenge_method: 'password' }), undefined],
    [event('login_success', { login_challenge_method: 'security_key' }), true],
    [event('login_verification', { is_second_factor: 'true', login_challenge_status: 'passed' }), true],
    [event('login_verification', { is_second_factor: 'true', login_challenge_status: 'failed' }), undefined],
    [event('login_failure', { login_challenge_method: 'security_key' }), undefined],
  ])('sees a second factor in %o: %s', (what, mfa) => {
    expect(only(of('login', [what])).mfa).toBe(mfa)
  })
})

describe('actors of Google Workspace', () => {
  const who = (actor: JsonValue) => only(activity([viewed], { actor }))

  it.each<[JsonValue, string, string]>([
    [{ callerType: 'KEY', key: 'SYSTEM' }, 'gworkspace:SYSTEM', 'app'],
    [{ callerType: 'APPLICATION', applicationInfo: { oauthClientId: 'c' } }, 'gworkspace:c', 'app'],
    [{ email: 'robot@shop.iam.gserviceaccount.com' }, 'mail:robot@shop.iam.gserviceaccount.com', 'service_account'],
    [{ profileId: '5' }, 'gworkspace:5', 'user'],
    [{ callerType: 'USER', email: 'Alice@Example.com' }, 'mail:alice@example.com', 'user'],
    [{}, 'unknown:gworkspace', 'unknown'],
    ['x', 'unknown:gworkspace', 'unknown'],
  ])('takes %o for %s', (actor, key, type) => {
    const row = who(actor)
    expect([row.actor_key, row.actor_type]).toEqual([key, type])
  })

  it('keeps the application that acted in the place of a user', () => {
    const applicationInfo = { oauthClientId: 'c', applicationName: 'Sync', impersonation: true }
    expect(who({ email: 'alice@example.com', applicationInfo })).toMatchObject({
      credential_id: 'c',
      credential_type: 'oauth_client',
      chain: [
        { kind: 'delegation', id: 'c', name: 'Sync', type: 'app' },
        { kind: 'impersonate', id: 'alice@example.com', name: 'alice@example.com', type: 'user' },
      ],
    })
  })
})

describe('alerts of Google Workspace', () => {
  const alert = {
    alertId: 'a-1',
    customerId: 'C1',
    createTime: '2026-01-02T03:04:05.678901Z',
    type: 'Leaked password',
    source: 'Google identity',
    data: { '@type': 'type.googleapis.com/google.apps.alertcenter.type.AccountWarning', email: 'bob@example.com' },
  }

  it('are rows without an actor and without a claim about an outcome', () => {
    expect(only({ ...alert, startTime: '2026-01-02T03:00:00Z', endTime: '2026-01-02T03:01:00Z' })).toMatchObject({
      source_event_id: 'a-1',
      ts_kind: 'start',
      duration_us: 60_000_000n,
      class: 'other',
      action: 'Leaked password',
      service: 'Google identity',
      outcome: 'unknown',
      actor_key: 'unknown:gworkspace',
      resource_key: 'gworkspace:user/bob@example.com',
    })
    expect(only(alert).ts_kind).toBe('logged')
    const other = {
      ...alert,
      createTime: 5,
      data: { '@type': alert.data['@type'], loginDetails: { ipAddress: '198.51.100.9' } },
    }
    expect(only(other)).toMatchObject({ src_ip: '198.51.100.9', flags: ['clock_suspect'] })
  })
})
