import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { driveJson } from '../../../../support/formatDriver'

const account = '111122223333'
const base: JsonObject = {
  eventVersion: '1.08',
  eventID: 'e-1',
  eventTime: '2026-01-02T03:04:05Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.9',
  userAgent: 'aws-cli/2.11.1 Python/3.9',
  readOnly: true,
  recipientAccountId: account,
  requestID: 'r-1',
  userIdentity: {
    type: 'IAMUser',
    arn: `arn:aws:iam::${account}:user/ops/ana`,
    accountId: account,
    userName: 'ana',
    accessKeyId: 'AKIAEXAMPLE',
  },
}

function map(change: JsonObject): AccessEventRow {
  const driven = driveJson(cloudtrail, [{ ...base, ...change }])
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

describe('what happened, when and where', () => {
  it('fills every column that a plain record states', () => {
    expect(map({ requestParameters: { bucketName: 'logs', key: 'a/b.json' }, vpcEndpointId: 'vpce-1' })).toMatchObject({
      source: 'cloudtrail',
      source_event_id: 'e-1',
      ts: BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n,
      ts_precision: 's',
      ts_kind: 'end',
      class: 'api',
      activity: 'read',
      action: 'GetObject',
      service: 's3.amazonaws.com',
      permission: 's3:GetObject',
      read_only: true,
      outcome: 'success',
      actor_key: `aws:arn:aws:iam::${account}:user/ops/ana`,
      actor_id: `arn:aws:iam::${account}:user/ops/ana`,
      actor_name: 'ana',
      actor_type: 'user',
      actor_tenant: account,
      credential_id: 'AKIAEXAMPLE',
      credential_type: 'access_key',
      src_ip: '203.0.113.9',
      user_agent: 'aws-cli/2.11.1 Python/3.9',
      ua_family: 'aws-cli',
      resource_key: `aws:${account}:eu-west-1:s3:bucket/logs`,
      resource_type: 'AWS::S3::Bucket',
      resource_name: 'logs',
      resource_tenant: account,
      resource_region: 'eu-west-1',
      request_id: 'r-1',
      correlation_ids: [{ kind: 'vpc_endpoint', value: 'vpce-1' }],
    })
  })

  it.each([
    ['authn', { eventType: 'AwsConsoleSignIn', eventSource: 'signin.amazonaws.com', eventName: 'ConsoleLogin' }],
    ['session', { eventSource: 'sts.amazonaws.com', eventName: 'AssumeRole' }],
    ['session', { eventSource: 'sts.amazonaws.com', eventName: 'GetSessionToken' }],
    ['api', { eventSource: 'sts.amazonaws.com', eventName: 'GetCallerIdentity' }],
    ['iam', { eventSource: 'iam.amazonaws.com', eventName: 'CreateUser', readOnly: false }],
    ['iam', { eventSource: 'sso.amazonaws.com', eventName: 'CreateAccountAssignment', readOnly: false }],
    ['api', { eventSource: 'iam.amazonaws.com', eventName: 'ListUsers' }],
    ['policy', { eventName: 'PutBucketPolicy', readOnly: false }],
    ['data', { eventCategory: 'Data' }],
  ])('puts into class %s what belongs there', (expected, change) => {
    expect(map(change).class).toBe(expected)
  })

  it('takes the permission that the message names over the operation', () => {
    const row = map({
      errorCode: 'AccessDenied',
      errorMessage: 'User: x is not authorized to perform: iam:PassRole on resource: y',
    })
    expect(row.permission).toBe('iam:PassRole')
  })

  it('derives read-only from the operation where the record does not say', () => {
    expect(map({ readOnly: null, eventName: 'DeleteObject' }).read_only).toBe(false)
    expect(map({ readOnly: null, eventName: 'HeadObject' }).read_only).toBe(true)
    expect(map({ readOnly: false, eventName: 'GetObject' }).read_only).toBe(false)
  })

  it('sees through the interface version in an operation name', () => {
    expect(map({ eventSource: 'lambda.amazonaws.com', eventName: 'AddPermission20150331v2' }).activity).toBe('grant')
  })

  it('keeps a record without a usable time and says so', () => {
    for (const eventTime of [null, '', 'yesterday', '2026-02-30T00:00:00Z', {}, -5]) {
      const row = map({ eventTime })
      expect(row.ts).toBeUndefined()
      expect(row.flags).toEqual(['clock_suspect'])
    }
  })

  it('takes a shipper time as logged, not as the end of the call', () => {
    const row = map({ eventTime: null, '@timestamp': '2026-01-02T03:04:05.000Z' })
    expect([row.ts_kind, row.ts_precision, row.flags]).toEqual(['logged', 's', undefined])
  })

  it('reads epoch times in seconds and milliseconds', () => {
    expect(map({ eventTime: 1_767_323_045 }).ts).toBe(1_767_323_045_000_000n)
    expect(map({ eventTime: 1_767_323_045_000 }).ts).toBe(1_767_323_045_000_000n)
  })

  it('flags a dry run', () => {
    expect(map({ errorCode: 'Client.DryRunOperation' })).toMatchObject({ outcome: 'success', flags: ['dry_run'] })
    expect(map({ errorCode: 'AccessDenied' }).flags).toBeUndefined()
  })

  it('tells addresses, calling services and masked addresses apart', () => {
    expect(map({ sourceIPAddress: '2001:DB8::1' }).src_ip).toBe('2001:db8::1')
    const service = map({ sourceIPAddress: 'ec2.amazonaws.com' })
    expect([service.src_ip, service.src_host, service.flags]).toEqual([
      undefined,
      'ec2.amazonaws.com',
      ['service_initiated'],
    ])
    const masked = map({ sourceIPAddress: '255.090.254.5' })
    expect([masked.src_ip, masked.src_host, masked.flags]).toEqual([undefined, '255.090.254.5', undefined])
  })

  it('counts the bytes that the storage service moved', () => {
    const row = map({ additionalEventData: { bytesTransferredIn: 12, bytesTransferredOut: 3.0, 'x-amz-id-2': 'x=' } })
    expect([row.bytes_in, row.bytes_out, row.correlation_ids]).toEqual([
      12n,
      3n,
      [{ kind: 'aws_extended', value: 'x=' }],
    ])
  })

  it('keeps the ids of service events and of the key that a role call handed out', () => {
    const row = map({
      sharedEventID: 's-1',
      serviceEventDetails: { connectionId: 'c-1', nested: { a: 1 } },
      eventName: 'AssumeRole',
      responseElements: { credentials: { accessKeyId: 'ASIANEW' } },
    })
    expect(row.correlation_ids).toEqual([
      { kind: 'aws_shared_event', value: 's-1' },
      { kind: 'aws_issued_key', value: 'ASIANEW' },
      { kind: 'aws_service_event.connectionId', value: 'c-1' },
    ])
  })
})

describe('the target', () => {
  it('takes stated resources before parameters, with their account and all of them', () => {
    const row = map({
      resources: [
        { ARN: 'arn:aws:s3:::logs/a', type: 'AWS::S3::Object' },
        { arn: 'arn:aws:s3:::logs', type: 'AWS::S3::Bucket', accountId: '999900001111' },
        { ARN: 'arn:aws:s3:::logs', type: 'AWS::S3::Bucket' },
      ],
      requestParameters: { bucketName: 'other' },
    })
    expect(row.resource_key).toBe('arn:aws:s3:::logs/a')
    expect(row.resources).toEqual([
      { key: 'arn:aws:s3:::logs/a', type: 'AWS::S3::Object' },
      { key: 'arn:aws:s3:::logs', type: 'AWS::S3::Bucket' },
    ])
    expect(map({ resources: [{ ARN: 'arn:aws:iam::999900001111:role/R' }] }).resource_tenant).toBe('999900001111')
  })

  it.each([
    ['roleArn', `arn:aws:iam::${account}:role/R`, `arn:aws:iam::${account}:role/R`],
    ['roleName', 'R', `aws:${account}:eu-west-1:s3:role/R`],
    ['userName', 'bo', `aws:${account}:eu-west-1:s3:user/bo`],
    ['policyArn', 'arn:aws:iam::aws:policy/Admin', 'arn:aws:iam::aws:policy/Admin'],
    ['functionName', 'pay', `aws:${account}:eu-west-1:s3:function/pay`],
    ['instanceId', 'i-1', `aws:${account}:eu-west-1:s3:instance/i-1`],
    ['secretId', 'db', `aws:${account}:eu-west-1:s3:secret/db`],
    ['keyId', 'alias/k', `aws:${account}:eu-west-1:s3:key/alias/k`],
    ['tableName', 'orders', `aws:${account}:eu-west-1:s3:table/orders`],
    ['trailName', 'main', `aws:${account}:eu-west-1:s3:trail/main`],
    ['groupName', 'admins', `aws:${account}:eu-west-1:s3:group/admins`],
    ['name', '/db/password', `aws:${account}:eu-west-1:s3:name//db/password`],
  ])('reads parameter %s', (parameter, value, key) => {
    expect(map({ requestParameters: { [parameter]: value } }).resource_key).toBe(key)
  })

  it('leaves the target open where nothing names it', () => {
    const row = map({ requestParameters: { bucketName: '', key: null } })
    expect([row.resource_key, row.resources, row.resource_tenant]).toEqual([undefined, undefined, account])
  })
})

describe('the reason', () => {
  it('takes the reason of a session start and the tickets in it', () => {
    const row = map({ requestParameters: { reason: 'OPS-12: disk full', comment: 'see INC0012345' } })
    expect([row.reason, row.reason_field, row.ticket_ids]).toEqual([
      'OPS-12: disk full',
      'requestParameters.reason',
      ['OPS-12', 'INC0012345'],
    ])
  })

  it('takes session tags whose key says ticket or reason', () => {
    const row = map({
      requestParameters: {
        tags: [
          { key: 'team', value: 'x' },
          { key: 'Ticket-Id', value: '4711' },
        ],
      },
    })
    expect([row.reason, row.reason_field, row.ticket_ids]).toEqual([
      '4711',
      'requestParameters.tags.Ticket-Id',
      ['4711'],
    ])
  })
})
