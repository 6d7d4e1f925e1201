import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { githubAudit } from '../../../../../src/engine/formats/githubAudit'
import { driveJson } from '../../../../support/formatDriver'

const base: JsonObject = {
  _document_id: 'doc-1',
  '@timestamp': 1_767_323_045_678,
  created_at: 1_767_323_045_679,
  action: 'repo.create',
  actor: 'alice',
  actor_id: 1001,
  actor_ip: '198.51.100.7',
  actor_location: { country_code: 'AT' },
  org: 'acme',
  repo: 'acme/shop',
  user: 'alice',
  operation_type: 'create',
  user_agent: 'git/2.43.0',
  hashed_token: 'h4sh=',
  token_id: 77,
  oauth_application_id: 88,
  programmatic_access_type: 'Fine-grained personal access token',
  request_id: 'r-1',
  actor_session: 99,
}

function map(change: JsonObject): AccessEventRow {
  const driven = driveJson(githubAudit, [{ ...base, ...change }])
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

describe('a GitHub audit entry', () => {
  it('fills every column that it states', () => {
    expect(map({ message: 'because of OPS-12' })).toEqual({
      source: 'github',
      source_event_id: 'doc-1',
      ts: 1_767_323_045_678_000n,
      ts_precision: 'ms',
      ts_kind: 'logged',
      class: 'config',
      activity: 'create',
      action: 'repo.create',
      read_only: false,
      outcome: 'success',
      outcome_code: undefined,
      http_status: undefined,
      actor_key: 'gh:alice',
      actor_id: '1001',
      actor_name: 'alice',
      actor_email: undefined,
      actor_tenant: 'acme',
      actor_type: 'user',
      credential_id: 'h4sh=',
      credential_type: 'Fine-grained personal access token',
      src_ip: '198.51.100.7',
      src_country: 'AT',
      user_agent: 'git/2.43.0',
      ua_family: 'git',
      resource_key: 'github:repo/acme/shop',
      resource_type: 'repo',
      resource_name: 'acme/shop',
      resource_tenant: 'acme',
      resources: [{ key: 'github:repo/acme/shop', type: 'repo' }],
      reason: 'because of OPS-12',
      reason_field: 'message',
      ticket_ids: ['OPS-12'],
      request_id: 'r-1',
      correlation_ids: [
        { kind: 'github_token', value: '77' },
        { kind: 'github_oauth_application', value: '88' },
        { kind: 'github_session', value: '99' },
      ],
      http_method: undefined,
      http_path: undefined,
      flags: undefined,
    })
  })

  it.each([
    [{ '@timestamp': null }, 1_767_323_045_679_000n],
    [{ '@timestamp': null, created_at: '2026-01-02 03:04:05.6 UTC' }, 1_767_323_045_600_000n],
    [{ '@timestamp': null, created_at: null, at_sign_timestamp: '2026-01-02 03:04:05' }, 1_767_323_045_000_000n],
  ])('reads its time from what is there', (change: JsonObject, ts) => {
    expect(map(change).ts).toBe(ts)
  })

  it('flags an entry without a time', () => {
    expect(map({ '@timestamp': null, created_at: 'soon' })).toMatchObject({ flags: ['clock_suspect'] })
  })

  it.each<[string, AccessEventRow['class'], AccessEventRow['activity']]>([
    ['git.clone', 'data', 'read'],
    ['git.fetch', 'data', 'read'],
    ['git.push', 'data', 'update'],
    ['repo.download_zip', 'data', 'read'],
    ['org.audit_log_export', 'data', 'read'],
    ['api.request', 'api', 'other'],
    ['user.login', 'authn', 'login'],
    ['user.failed_login', 'authn', 'login'],
    ['user.logout', 'authn', 'logout'],
    ['org.sso_response', 'authn', 'login'],
    ['user.two_factor_challenge_failure', 'authn', 'login'],
    ['org.add_member', 'iam', 'grant'],
    ['org.remove_member', 'iam', 'revoke'],
    ['org.update_member', 'iam', 'update'],
    ['org.invite_user', 'iam', 'grant'],
    ['team.add_repository', 'iam', 'grant'],
    ['team.create', 'iam', 'create'],
    ['repo.add_member', 'iam', 'grant'],
    ['role.create', 'iam', 'create'],
    ['protected_branch.destroy', 'policy', 'delete'],
    ['repository_ruleset.update', 'policy', 'update'],
    ['repository_secret_scanning.disable', 'policy', 'update'],
    ['org.disable_two_factor_requirement', 'policy', 'update'],
    ['personal_access_token.request_denied', 'session', 'revoke'],
    ['personal_access_token.access_granted', 'session', 'grant'],
    ['oauth_authorization.create', 'session', 'create'],
    ['deploy_key.create', 'session', 'create'],
    ['hook.create', 'config', 'create'],
    ['repo.destroy', 'config', 'delete'],
    ['repo.archived', 'config', 'update'],
    ['workflows.rerun_workflow_run', 'config', 'execute'],
    ['marketplace.something', 'config', 'other'],
  ])('puts %s into class %s, activity %s', (action, eventClass, activity) => {
    expect(map({ action, operation_type: null })).toMatchObject({ class: eventClass, activity })
  })

  it.each<[string, AccessEventRow['activity']]>([
    ['create', 'create'],
    ['modify', 'update'],
    ['remove', 'delete'],
    ['access', 'read'],
    ['transfer', 'update'],
    ['restore', 'update'],
    ['authentication', 'login'],
    ['juggle', 'other'],
  ])('takes operation %s for %s', (operation, activity) => {
    expect(map({ action: 'marketplace.something', operation_type: operation }).activity).toBe(activity)
  })

  it.each<[JsonObject, AccessEventRow['outcome']]>([
    [{ action: 'org.add_member' }, 'success'],
    [{ action: 'user.failed_login' }, 'auth_failed'],
    [{ action: 'user.two_factor_challenge_failure' }, 'auth_failed'],
    [{ action: 'user.correct_password_from_unrecognized_device' }, 'interrupted'],
    [{ action: 'org.oauth_app_access_denied' }, 'success'],
    [{ action: 'protected_branch.rejected_ref_update' }, 'denied'],
    [{ action: 'secret_scanning_push_protection.rejected' }, 'denied'],
    [{ action: 'workflows.completed_workflow_run', conclusion: 'success' }, 'success'],
    [{ action: 'workflows.completed_workflow_run', conclusion: 'failure' }, 'failed'],
    [{ action: 'workflows.completed_workflow_run', conclusion: 'timed_out' }, 'failed'],
    [{ action: 'workflows.completed_workflow_run', conclusion: 'cancelled' }, 'unknown'],
    [{ action: 'workflows.completed_workflow_run', data: { conclusion: 'failure' } }, 'failed'],
    [{ action: 'api.request', status_code: 200 }, 'success'],
    [{ action: 'api.request', status_code: '401' }, 'auth_failed'],
    [{ action: 'api.request', status_code: 403 }, 'denied'],
    [{ action: 'api.request', status_code: 403, rate_limit_remaining: 0 }, 'throttled'],
    [{ action: 'api.request', status_code: 404 }, 'failed'],
    [{ action: 'api.request', status_code: 500 }, 'failed'],
    [{ action: 'api.request' }, 'unknown'],
  ])('takes %j for %s', (change, outcome) => {
    expect(map(change).outcome).toBe(outcome)
  })

  it('says that a 404 may hide a refusal, and that a quota refused', () => {
    expect(map({ action: 'api.request', status_code: 404 }).flags).toEqual(['hidden_denial'])
    expect(map({ action: 'api.request', status_code: 403, rate_limit_remaining: '0' })).toMatchObject({
      policy_type: 'rate_limit',
      policy_effect: 'quota',
      http_status: 403,
      outcome_code: '403',
    })
    expect(map({ action: 'protected_branch.rejected_ref_update' })).toMatchObject({
      policy_type: 'protected_branch',
      policy_effect: 'explicit_deny',
    })
  })

  it('describes a request without its host and query', () => {
    expect(map({ action: 'api.request', request_method: 'GET', url_path: '/repos/acme/shop' })).toMatchObject({
      http_method: 'GET',
      http_path: '/repos/acme/shop',
      activity: 'read',
      read_only: true,
    })
    const url = 'https://github.example.com/session?token=abc#x'
    expect(map({ method: 'POST', url })).toMatchObject({ http_method: 'POST', http_path: '/session' })
  })

  it.each<[JsonObject, Partial<AccessEventRow>]>([
    [{ actor: 'dependabot[bot]' }, { actor_type: 'bot', actor_key: 'gh:dependabot[bot]' }],
    [{ actor_is_bot: true }, { actor_type: 'bot' }],
    [
      { actor: null, user: null },
      { actor_type: 'unknown', actor_key: 'unknown:github' },
    ],
    [{ external_identity_nameid: 'Alice@Example.com' }, { actor_key: 'mail:alice@example.com' }],
    [
      { external_identity_nameid: 'opaque', external_identity_username: 'alice@example.com' },
      { actor_email: 'alice@example.com' },
    ],
    [
      { action: 'user.failed_login', actor: null, user: 'bob' },
      { actor_key: 'gh:bob', actor_name: 'bob' },
    ],
    [{ org: ['acme', 'other'], business: 'corp' }, { actor_tenant: 'acme' }],
    [
      { org: null, business: 'corp' },
      { actor_tenant: 'corp', resource_tenant: 'corp' },
    ],
  ])('knows who acted by %j', (change, columns) => {
    expect(map(change)).toMatchObject(columns)
  })

  it('knows a key by its protocol, and a token by its id where it is not hashed', () => {
    const plain = { hashed_token: null, programmatic_access_type: null }
    expect(map({ ...plain, transport_protocol_name: 'ssh' })).toMatchObject({
      credential_id: '77',
      credential_type: 'ssh_key',
    })
    expect(map({ ...plain, transport_protocol_name: 'http' }).credential_type).toBeUndefined()
  })

  it.each<[JsonObject, string, string]>([
    [{ action: 'team.add_member', data: { team: 'acme/ops' }, user: 'bob' }, 'github:team/acme/ops', 'acme/ops'],
    [{ action: 'org.add_member', user: 'bob' }, 'github:user/bob', 'bob'],
    [{ action: 'org.add_member', user: 'alice' }, 'github:user/alice', 'alice'],
    [{ action: 'hook.create', hook_id: 5 }, 'github:hook/5', '5'],
    [{ action: 'hook.create', data: { hook_id: 5 } }, 'github:hook/5', '5'],
    [{ action: 'workflows.delete_workflow_run', workflow_id: 6, name: 'CI' }, 'github:workflow/6', 'CI'],
    [{ action: 'repository_ruleset.update', ruleset_id: '7', ruleset_name: 'main' }, 'github:ruleset/7', 'main'],
    [{ action: 'pull_request.merge', pull_request_id: 8, pull_request_title: 'Fix' }, 'github:pull_request/8', 'Fix'],
    [{ action: 'git.clone', repo: null, repository: 'acme/x' }, 'github:repo/acme/x', 'acme/x'],
    [{ action: 'org.saml_enabled', repo: null }, 'github:org/acme', 'acme'],
    [{ action: 'business.update', repo: null, org: null, business: 'corp' }, 'github:business/corp', 'corp'],
  ])('names the target of %j', (change, key, name) => {
    expect(map(change)).toMatchObject({ resource_key: key, resource_name: name })
  })

  it.each<[JsonObject, string]>([
    [{ message: 'a' }, 'message'],
    [{ explanation: 'a' }, 'explanation'],
    [{ data: { reason: 'a' } }, 'data.reason'],
    [{ reason: 'a' }, 'reason'],
    [{ comment: 'a' }, 'comment'],
  ])('takes the reason out of %j', (change, field) => {
    expect(map(change)).toMatchObject({ reason: 'a', reason_field: field })
  })

  it('keeps ids of a workflow run', () => {
    expect(map({ data: { workflow_run_id: 5, head_sha: 'abc' } }).correlation_ids).toEqual(
      expect.arrayContaining([
        { kind: 'github_workflow_run', value: '5' },
        { kind: 'github_head_sha', value: 'abc' },
      ]),
    )
  })
})
