import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { m365Audit } from '../../../../../src/engine/formats/m365Audit'
import { AssumedZone } from '../../../../../src/engine/zone/assumedZone'
import { driveJson } from '../../../../support/formatDriver'
import { cmdlet, file, login, mailItem, organization, rule } from './samples'

function map(record: JsonObject, change: JsonObject = {}) {
  const row = driveJson(m365Audit, [{ ...record, ...change }]).events[0]
  if (row === undefined) throw new Error('no row')
  return row
}

describe('columns of the unified audit log', () => {
  it('come from a sign-in', () => {
    expect(map(login)).toMatchObject({
      source: 'm365',
      source_event_id: 'login-1',
      ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7)) * 1000n,
      ts_precision: 's',
      ts_kind: 'start',
      class: 'authn',
      activity: 'login',
      action: 'UserLoggedIn',
      service: 'AzureActiveDirectory',
      outcome: 'success',
      outcome_code: 'Success',
      actor_key: 'mail:alice@example.com',
      actor_id: 'Alice@Example.com',
      actor_email: 'alice@example.com',
      actor_tenant: organization,
      actor_type: 'user',
      session_id: '99999999-aaaa-4bbb-8ccc-000000000009',
      src_ip: '203.0.113.7',
      ua_family: 'Firefox',
      resource_key: 'entra:application/88888888-aaaa-4bbb-8ccc-000000000008',
      resource_type: 'application',
      resource_tenant: organization,
      request_id: '33333333-aaaa-4bbb-8ccc-000000000003',
      correlation_ids: [
        { kind: 'azure_correlation', value: '66666666-aaaa-4bbb-8ccc-000000000006' },
        { kind: 'azure_request', value: '33333333-aaaa-4bbb-8ccc-000000000003' },
        { kind: 'entra_object', value: '44444444-aaaa-4bbb-8ccc-000000000004' },
        { kind: 'entra_app', value: '55555555-aaaa-4bbb-8ccc-000000000005' },
      ],
    })
  })

  it('come from a file', () => {
    expect(map(file)).toMatchObject({
      class: 'data',
      activity: 'read',
      action: 'FileDownloaded',
      read_only: true,
      outcome: 'success',
      session_id: '99999999-aaaa-4bbb-8ccc-000000000009',
      credential_id: 'token-1',
      resource_key: 'm365:file/https://example-my.sharepoint.com/personal/alice/Documents/Plan.docx',
      resource_type: 'file',
      resource_name: 'Plan.docx',
      resource_ns: 'https://example-my.sharepoint.com/personal/alice/',
      resources: [
        { key: 'm365:file/https://example-my.sharepoint.com/personal/alice/Documents/Plan.docx', type: 'file' },
        { key: 'm365:site/https://example-my.sharepoint.com/personal/alice/', type: 'site' },
      ],
      bytes_out: 5120n,
    })
    expect(map(file, { Operation: 'FileUploaded' })).toMatchObject({ activity: 'create', bytes_in: 5120n })
    expect(map(file, { Operation: 'FileAccessed' }).bytes_out).toBeUndefined()
  })

  it('come from a cmdlet', () => {
    expect(map(cmdlet)).toMatchObject({
      class: 'iam',
      activity: 'grant',
      permission: 'FullAccess',
      read_only: false,
      outcome: 'success',
      outcome_code: 'True',
      src_ip: '203.0.113.7',
      src_port: 12_345,
      resource_key: 'm365:exchange/example.com/Users/bob',
      resource_name: 'example.com/Users/bob',
    })
    expect(map(cmdlet, { ObjectId: '' }).resource_key).toBe('m365:exchange/bob')
  })

  it('come from items of a mailbox', () => {
    expect(map(mailItem)).toMatchObject({
      class: 'data',
      activity: 'delete',
      src_ip: '203.0.113.7',
      ip_chain: ['203.0.113.7', '2001:db8::28'],
      user_agent: 'Mozilla/5.0 (X11; rv:120.0) Gecko/20100101 Firefox/120.0;',
      session_id: '99999999-aaaa-4bbb-8ccc-000000000009',
      resource_key: 'm365:message/<m1@example.com>',
      resource_name: 'Hello',
      resource_ns: 'Bob@Example.com',
      resources: [
        { key: 'm365:message/<m1@example.com>', type: 'message' },
        { key: 'm365:mailbox/bob@example.com', type: 'mailbox' },
        { key: 'm365:message/<m2@example.com>', type: 'message' },
      ],
      request_id: 'client-1',
    })
    expect(map(mailItem, { AffectedItems: [] })).toMatchObject({
      resource_key: 'm365:folder/bob@example.com\\Inbox',
      resource_name: '\\Inbox',
    })
    expect(map(mailItem, { AffectedItems: [], Folder: null }).resource_key).toBe('m365:mailbox/bob@example.com')
  })

  it('name the messages that were read', () => {
    const Folders = [
      {
        Path: '\\Inbox',
        FolderItems: [{ InternetMessageId: '<m8@example.com>' }, { InternetMessageId: '<m9@example.com>' }],
      },
    ]
    const row = map(mailItem, {
      Operation: 'MailItemsAccessed',
      RecordType: 50,
      AffectedItems: null,
      Folder: null,
      Folders,
    })
    expect([row.activity, row.class]).toEqual(['read', 'data'])
    expect(row.resources?.map(({ key }) => key)).toEqual([
      'm365:mailbox/bob@example.com',
      'm365:message/<m8@example.com>',
      'm365:message/<m9@example.com>',
    ])
  })

  it('come from a rule that matched', () => {
    expect(map(rule)).toMatchObject({
      class: 'policy',
      activity: 'other',
      outcome: 'denied',
      outcome_code: 'BlockAccess',
      outcome_reason: 'Many',
      policy: 'Card numbers',
      policy_type: 'dlp',
      policy_effect: 'explicit_deny',
      actor_key: 'm365:DlpAgent',
      actor_type: 'system',
      resource_key: 'm365:file/https://example.sharepoint.com/Cards.xlsx',
      resource_name: 'Cards.xlsx',
      resources: [
        { key: 'm365:file/https://example.sharepoint.com/Cards.xlsx', type: 'file' },
        { key: 'm365:sender/alice@example.com', type: 'sender' },
      ],
      correlation_ids: [{ kind: 'm365_incident', value: 'incident-1' }],
    })
  })

  it('keep the reason of an override, which lets the item through', () => {
    const overrides: readonly JsonValue[] = [
      { Justification: 'agreed in OPS-7' },
      '{"Justification":"agreed in OPS-7"}',
    ]
    for (const ExceptionInfo of overrides)
      expect(map(rule, { ExceptionInfo })).toMatchObject({
        outcome: 'success',
        reason: 'agreed in OPS-7',
        reason_field: 'ExceptionInfo.Justification',
        ticket_ids: ['OPS-7'],
      })
    expect(map(login, { SupportTicketId: 'T-9' }).ticket_ids).toEqual(['T-9'])
  })

  it('do without a zone, which is UTC, and flag a record without a time', () => {
    expect(map(file, { CreationTime: '2026-03-04 05:06:07.5' })).toMatchObject({ ts_precision: 'ms' })
    const driven = driveJson(m365Audit, [{ ...file, CreationTime: 'x' }], {
      wallClock: new AssumedZone({ timeZone: '+02:00' }),
    })
    expect([driven.events[0]?.ts, driven.events[0]?.flags]).toEqual([undefined, ['clock_suspect']])
    const moved = driveJson(m365Audit, [file], { wallClock: new AssumedZone({ timeZone: '+02:00' }) }).events[0]
    expect(moved?.ts).toBe(BigInt(Date.UTC(2026, 2, 4, 5, 6, 7)) * 1000n)
  })

  it('come from teams', () => {
    const team = { ...file, RecordType: 25, Workload: 'MicrosoftTeams', ObjectId: null, SiteUrl: null, ItemType: null }
    const row = map(team, {
      Operation: 'MemberAdded',
      TeamName: 'Blue',
      TeamGuid: '19:abc@thread.skype',
      Members: [{ UPN: 'Bob@Example.com', Role: 1 }, { DisplayName: 'Guest' }],
    })
    expect(row).toMatchObject({
      class: 'iam',
      activity: 'grant',
      resource_key: 'm365:team/19:abc@thread.skype',
      resource_name: 'Blue',
      resources: [
        { key: 'm365:team/19:abc@thread.skype', type: 'team' },
        { key: 'm365:member/bob@example.com', type: 'member' },
        { key: 'm365:member/guest', type: 'member' },
      ],
    })
  })

  it('name who got access', () => {
    const row = map(file, { RecordType: 14, Operation: 'AddedToSecureLink', TargetUserOrGroupName: 'OUT@EXAMPLE.NET' })
    expect([row.class, row.activity]).toEqual(['iam', 'grant'])
    expect(row.resources?.at(-1)).toEqual({ key: 'm365:grantee/out@example.net', type: 'grantee' })
  })
})

describe('who acts in the unified audit log', () => {
  it.each<[JsonObject, string, string]>([
    [{ UserId: 'app@sharepoint' }, 'm365:app@sharepoint', 'app'],
    [{ UserId: 'NT AUTHORITY\\SYSTEM (Host)', UserType: 3 }, 'm365:NT AUTHORITY\\SYSTEM (Host)', 'system'],
    [{ UserId: 'S-1-5-18', UserType: 2 }, 'm365:S-1-5-18', 'system'],
    [{ UserId: 'ServicePrincipal_abc', UserType: 4 }, 'm365:ServicePrincipal_abc', 'app'],
    [{ UserId: 'Application', UserType: 5 }, 'm365:Application', 'app'],
    [{ UserId: 'ana@example.com', UserType: 'Admin' }, 'mail:ana@example.com', 'user'],
    [{ UserId: 'ana@example.com', UserType: null }, 'mail:ana@example.com', 'user'],
    [{ UserId: 'someone', UserType: 99 }, 'm365:someone', 'unknown'],
    [{ UserId: 'Unknown', UserKey: 'Not Available', Actor: null }, 'unknown:m365', 'unknown'],
    [{ UserId: null, UserKey: 'KEY1' }, 'm365:KEY1', 'user'],
    [{ UserId: { a: 1 }, UserKey: [] }, 'unknown:m365', 'unknown'],
  ])('%o is %s', (change, key, type) => {
    expect(map(file, change)).toMatchObject({ actor_key: key, actor_type: type })
  })

  it('may send as somebody else', () => {
    expect(map(mailItem, { Operation: 'SendAs', SendAsUserSmtp: 'bob@example.com' })).toMatchObject({
      activity: 'execute',
      effective_name: 'bob@example.com',
      chain: [{ kind: 'impersonate', id: 'bob@example.com' }],
    })
    expect(map(mailItem, { SendOnBehalfOfUserSmtp: 'bob@example.com' }).chain?.[0]?.kind).toBe('delegation')
  })
})

describe('addresses of the unified audit log', () => {
  it.each<[string, string | undefined, number | undefined, string | undefined]>([
    ['203.0.113.7', '203.0.113.7', undefined, undefined],
    ['203.0.113.7:12345', '203.0.113.7', 12_345, undefined],
    ['[203.0.113.7]:12345', '203.0.113.7', 12_345, undefined],
    ['[203.0.113.7]', '203.0.113.7', undefined, undefined],
    ['::ffff:203.0.113.7', '203.0.113.7', undefined, undefined],
    ['[::ffff:203.0.113.7]:12345', '203.0.113.7', 12_345, undefined],
    ['2001:db8::1', '2001:db8::1', undefined, undefined],
    ['[2001:db8::1]:12345', '2001:db8::1', 12_345, undefined],
    ['[2001:db8::1]', '2001:db8::1', undefined, undefined],
    ['[SERVER (10.90.0.1)]', '10.90.0.1', undefined, undefined],
    ['SERVER (10.900.0.1)', undefined, undefined, 'SERVER'],
    ['localhost', undefined, undefined, 'localhost'],
    ['[localhost]:12345', undefined, 12_345, 'localhost'],
    ['client.example.com:12345', undefined, 12_345, 'client.example.com'],
    ['<null>', undefined, undefined, undefined],
    ['', undefined, undefined, undefined],
    ['10.900.0.1', undefined, undefined, '10.900.0.1'],
  ])('%s is read', (ClientIP, ip, port, host) => {
    const row = map(file, { ClientIP })
    expect([row.src_ip, row.src_port, row.src_host]).toEqual([ip, port, host])
  })

  it('are taken from another field where one is none', () => {
    expect(map(file, { ClientIPAddress: 'HOST (10.9000.0.1)', ClientIP: '203.0.113.7:1' })).toMatchObject({
      src_ip: '203.0.113.7',
      src_port: 1,
    })
    expect(map(file, { ClientIP: null, ActorIpAddress: '203.0.113.9' }).src_ip).toBe('203.0.113.9')
  })
})

describe('operations of the unified audit log', () => {
  it.each<[string, number | string, string, string]>([
    ['FileAccessed', 6, 'read', 'data'],
    ['FilePreviewed', 6, 'read', 'data'],
    ['FileModified', 6, 'update', 'data'],
    ['FileDeleted', 6, 'delete', 'data'],
    ['FileRecycled', 6, 'delete', 'data'],
    ['FileMoved', 6, 'update', 'data'],
    ['PageViewed', 4, 'read', 'data'],
    ['SearchQueryPerformed', 93, 'list', 'api'],
    ['AnonymousLinkCreated', 14, 'grant', 'iam'],
    ['SharingRevoked', 14, 'revoke', 'iam'],
    ['AddedToGroup', 14, 'grant', 'iam'],
    ['Send', 2, 'execute', 'data'],
    ['MoveToDeletedItems', 3, 'delete', 'data'],
    ['MailItemsAccessed', 50, 'read', 'data'],
    ['ModifyFolderPermissions', 2, 'grant', 'iam'],
    ['New-InboxRule', 1, 'create', 'config'],
    ['Set-Mailbox', 1, 'update', 'config'],
    ['New-TransportRule', 1, 'create', 'policy'],
    ['Set-AdminAuditLogConfig', 1, 'update', 'policy'],
    ['Remove-MailboxPermission', 1, 'revoke', 'iam'],
    ['Add-RoleGroupMember', 'ExchangeAdmin', 'grant', 'iam'],
    ['Get-MailboxStatistics', 1, 'read', 'config'],
    ['Add member to role.', 8, 'grant', 'iam'],
    ['Add user.', 8, 'create', 'iam'],
    ['Update user.', 8, 'update', 'iam'],
    ['Delete user.', 8, 'delete', 'iam'],
    ['Consent to application.', 8, 'grant', 'iam'],
    ['Remove member from group.', 8, 'revoke', 'iam'],
    ['TeamsSessionStarted', 25, 'login', 'authn'],
    ['TeamDeleted', 25, 'delete', 'api'],
    ['AlertTriggered', 40, 'other', 'other'],
    ['DlpRuleMatch', 13, 'other', 'policy'],
    ['UserLoggedOff', 15, 'logout', 'authn'],
    ['Mystery', 999, 'other', 'api'],
  ])('%s of type %s is %s, %s', (Operation, RecordType, activity, expected) => {
    const row = map(cmdlet, { Operation, RecordType })
    expect([row.activity, row.class]).toEqual([activity, expected])
  })
})

describe('outcomes of the unified audit log', () => {
  it.each<[JsonObject, string, string | undefined]>([
    [{ ResultStatus: 'Succeeded' }, 'success', 'Succeeded'],
    [{ ResultStatus: 'PartiallySucceeded' }, 'success', 'PartiallySucceeded'],
    [{ ResultStatus: 'TRUE' }, 'success', 'TRUE'],
    [{ ResultStatus: 'Failed' }, 'failed', 'Failed'],
    [{ ResultStatus: 'False', ErrorMessage: 'Access is denied.' }, 'denied', 'False'],
    [{ ResultStatus: 'Odd' }, 'unknown', 'Odd'],
    [{ ResultStatus: null }, 'success', undefined],
    [{ ResultStatus: null, Operation: null }, 'unknown', undefined],
    [{ ResultStatus: 'Succeeded', Operation: 'SharingInvitationBlocked' }, 'denied', 'Succeeded'],
    [{ ResultStatus: null, Operation: 'UploadFailed' }, 'failed', undefined],
  ])('%o is %s', (change, outcome, code) => {
    const row = map(cmdlet, change)
    expect([row.outcome, row.outcome_code]).toEqual([outcome, code])
  })

  it.each<[JsonObject, string, string]>([
    [{ LogonError: 'InvalidUserNameOrPassword', ResultStatus: 'Success' }, 'auth_failed', '50126'],
    [{ LogonError: 'UserStrongAuthClientAuthNRequiredInterrupt' }, 'interrupted', '50074'],
    [{ LogonError: 'BlockedByConditionalAccess' }, 'denied', '53003'],
    [{ LogonError: 'IdsLocked' }, 'auth_failed', '50053'],
    [{ LogonError: 'SomethingNew' }, 'auth_failed', 'SomethingNew'],
    [{ ErrorNumber: '50057' }, 'auth_failed', '50057'],
    [{ ErrorNumber: '53003', LogonError: 'x' }, 'denied', '53003'],
    [{ ErrorNumber: '0', LogonError: null }, 'auth_failed', 'Success'],
  ])('of a failed sign-in with %o is %s', (change, outcome, code) => {
    const row = map(login, { Operation: 'UserLoginFailed', ...change })
    expect([row.outcome, row.outcome_code]).toEqual([outcome, code])
  })

  it('of a rule on trial, or one that blocks nothing, is no refusal', () => {
    const details = (Rules: JsonValue) => ({ PolicyDetails: [{ PolicyName: 'p', Rules }] })
    expect(map(rule, details([{ Actions: ['BlockAccess'], RuleMode: 'AuditAndNotify' }])).outcome).toBe('success')
    expect(map(rule, details([{ Actions: ['NotifyUser'] }])).outcome).toBe('success')
    expect(map(rule, { PolicyDetails: 'x' }).outcome).toBe('success')
    expect(map(rule, { Operation: 'DlpRuleUndo' }).outcome).toBe('success')
  })
})

describe('lists of named values', () => {
  it.each<[string, JsonValue]>([
    ['lists', [{ Name: 'AccessRights', Value: 'FullAccess' }]],
    ['JSON text of lists', '[{"Name":"AccessRights","Value":"FullAccess"}]'],
    ['objects', { AccessRights: 'FullAccess' }],
    ['JSON text of objects', '{"AccessRights":"FullAccess"}'],
    ['switches', '-Identity "bob" -AccessRights "FullAccess" -Force "True"'],
    ['lists in any case', [{ name: 'accessrights', value: 'FullAccess' }]],
  ])('are read from %s', (_, Parameters) => {
    expect(map(cmdlet, { Parameters }).permission).toBe('FullAccess')
  })

  it('name the role of a change', () => {
    const change = (NewValue: string, OldValue = '') => ({
      RecordType: 8,
      Operation: 'Add member to role.',
      Parameters: null,
      ModifiedProperties: [{ Name: 'Role.DisplayName', NewValue, OldValue }],
    })
    expect(map(cmdlet, change('[\r\n  "Global Administrator"\r\n]')).permission).toBe('Global Administrator')
    expect(map(cmdlet, change('', '"Reader"')).permission).toBe('Reader')
    expect(map(cmdlet, change('[]')).permission).toBeUndefined()
  })

  it.each<[JsonValue]>([['-'], ['text'], [7], [[['a']]], [{ a: { b: 1 } }], ['-Name "foo" "bar" ('.repeat(2_000)]])(
    'that are something else do no harm: %o',
    (value) => {
      expect(
        map(cmdlet, { Parameters: value, ExtendedProperties: value, ModifiedProperties: value }).permission,
      ).toBeUndefined()
    },
  )
})
