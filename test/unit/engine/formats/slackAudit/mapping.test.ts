import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { slackAudit } from '../../../../../src/engine/formats/slackAudit'
import { driveJson } from '../../../../support/formatDriver'

const base: JsonObject = {
  id: 'e-1',
  date_create: 1_767_323_045,
  action: 'file_downloaded',
  actor: { type: 'user', user: { id: 'W1', name: 'Alice', email: 'Alice@Example.com', team: 'T1' } },
  entity: { type: 'file', file: { id: 'F1', name: 'plan.pdf', title: 'Plan', filetype: 'application/pdf' } },
  context: {
    location: { type: 'workspace', id: 'T1', name: 'Acme', domain: 'acme' },
    ua: 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
    ip_address: '198.51.100.7',
    session_id: 847_288_190_092,
    app: { id: 'A1', name: 'Drive' },
  },
  details: { reason: 'audit of CHG0012345' },
}

function map(change: JsonObject): AccessEventRow {
  const driven = driveJson(slackAudit, [{ ...base, ...change }])
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

describe('a Slack audit entry', () => {
  it('fills every column that it states', () => {
    expect(map({})).toEqual({
      source: 'slack',
      source_event_id: 'e-1',
      ts: 1_767_323_045_000_000n,
      ts_precision: 's',
      ts_kind: 'logged',
      class: 'data',
      activity: 'read',
      action: 'file_downloaded',
      read_only: true,
      outcome: 'success',
      outcome_reason: undefined,
      actor_key: 'mail:alice@example.com',
      actor_id: 'W1',
      actor_name: 'Alice',
      actor_email: 'alice@example.com',
      actor_tenant: 'acme',
      actor_type: 'user',
      session_id: '847288190092',
      credential_id: 'A1',
      credential_type: 'app',
      src_ip: '198.51.100.7',
      user_agent: 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
      ua_family: 'Chrome',
      resource_key: 'slack:file/F1',
      resource_type: 'file',
      resource_name: 'plan.pdf',
      resource_tenant: 'acme',
      resource_ns: undefined,
      resources: [{ key: 'slack:file/F1', type: 'file' }],
      reason: 'audit of CHG0012345',
      reason_field: 'details.reason',
      ticket_ids: ['CHG0012345'],
      correlation_ids: undefined,
    })
  })

  it('takes the time of the act for an anomaly, and says why it was one', () => {
    const details = {
      action_timestamp: 1_767_323_000_123_456,
      reason: ['asn', 'ip_address'],
      previous_ip_address: '203.0.113.9',
    }
    expect(map({ action: 'anomaly', details })).toMatchObject({
      ts: 1_767_323_000_123_456n,
      ts_precision: 'us',
      ts_kind: 'start',
      class: 'other',
      outcome: 'unknown',
      outcome_reason: 'asn, ip_address',
      correlation_ids: [{ kind: 'slack_previous_address', value: '203.0.113.9' }],
    })
  })

  it('reads a time as text, and flags a missing one', () => {
    expect(map({ date_create: '2026-01-02 03:04:05' }).ts).toBe(BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n)
    expect(map({ date_create: 0 })).toMatchObject({ flags: ['clock_suspect'] })
  })

  it.each<[string, AccessEventRow['class'], AccessEventRow['activity'], AccessEventRow['outcome']]>([
    ['user_login', 'authn', 'login', 'success'],
    ['user_login_failed', 'authn', 'login', 'auth_failed'],
    ['user_logout', 'authn', 'logout', 'success'],
    ['user_session_reset_by_admin', 'authn', 'logout', 'success'],
    ['bulk_session_reset_by_admin', 'authn', 'logout', 'success'],
    ['user_created', 'iam', 'create', 'success'],
    ['user_deactivated', 'iam', 'update', 'success'],
    ['role_change_to_admin', 'iam', 'grant', 'success'],
    ['role_change_to_owner', 'iam', 'grant', 'success'],
    ['role_change_to_user', 'iam', 'update', 'success'],
    ['role_assigned', 'iam', 'grant', 'success'],
    ['role_removed', 'iam', 'revoke', 'success'],
    ['permissions_assigned', 'iam', 'grant', 'success'],
    ['owner_transferred', 'iam', 'update', 'success'],
    ['guest_created', 'iam', 'create', 'success'],
    ['pref.sso_setting_changed', 'policy', 'update', 'success'],
    ['barrier_deleted', 'policy', 'delete', 'success'],
    ['native_dlp_rule_deactivated', 'policy', 'update', 'success'],
    ['ekm_unenrolled', 'policy', 'update', 'success'],
    ['app_restricted', 'policy', 'revoke', 'success'],
    ['app_scopes_expanded', 'session', 'grant', 'success'],
    ['app_resources_granted', 'session', 'grant', 'success'],
    ['app_token_preserved', 'session', 'other', 'success'],
    ['app_installed', 'config', 'create', 'success'],
    ['app_approved', 'config', 'grant', 'success'],
    ['workspace_deleted', 'config', 'delete', 'success'],
    ['private_channel_archive', 'config', 'update', 'success'],
    ['user_channel_join', 'config', 'create', 'success'],
    ['file_uploaded', 'data', 'create', 'success'],
    ['file_downloaded_blocked', 'data', 'read', 'denied'],
    ['file_malicious_content_detected', 'data', 'other', 'unknown'],
    ['manual_export_completed', 'data', 'read', 'success'],
    ['message_tombstoned', 'data', 'delete', 'success'],
    ['external_shared_channel_invite_revoked', 'iam', 'revoke', 'success'],
    ['something_failed', 'config', 'other', 'failed'],
  ])('puts %s into class %s, activity %s, outcome %s', (action, eventClass, activity, outcome) => {
    expect(map({ action })).toMatchObject({ class: eventClass, activity, outcome })
  })

  it.each<[string, AccessEventRow['actor_type']]>([
    ['user', 'user'],
    ['app', 'app'],
    ['workflow', 'app'],
    ['bot', 'bot'],
    ['system', 'system'],
    ['account_type_role', 'unknown'],
  ])('takes an actor of type %s for %s', (type, actorType) => {
    const row = map({ actor: { type, [type]: { id: 'X1', name: 'x' } } })
    expect(row).toMatchObject({ actor_type: actorType, actor_key: 'slack:X1', actor_name: 'x' })
  })

  it.each<[JsonObject, Partial<AccessEventRow>]>([
    [
      { entity: { type: 'user', user: { id: 'W2', name: 'Bob', team: 'T2' } } },
      { resource_key: 'slack:user/W2', resource_ns: 'T2' },
    ],
    [
      { entity: { type: 'channel', channel: { id: 'C1', name: 'ops', teams_shared_with: [] } } },
      { resource_name: 'ops' },
    ],
    [
      { entity: { type: 'message', message: { team: 'T1', channel: 'C1' } } },
      { resource_type: 'message', resource_ns: 'T1' },
    ],
    [{ entity: { type: 'file', file: { title: 'Plan' } } }, { resource_key: 'slack:file/Plan' }],
  ])('names the target of %j', (change, columns) => {
    expect(map(change)).toMatchObject(columns)
  })

  it('leaves out a target, an address and an organisation that are not named', () => {
    const row = map({ entity: null, context: { location: { id: 'E1' }, ip_address: 'unknown' } })
    expect(row.resource_key).toBeUndefined()
    expect(row.src_ip ?? row.src_host).toBeUndefined()
    expect(row.actor_tenant).toBe('E1')
  })
})
