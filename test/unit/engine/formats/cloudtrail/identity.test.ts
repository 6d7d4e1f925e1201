import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { driveJson } from '../../../../support/formatDriver'

const account = '111122223333'
const role = `arn:aws:iam::${account}:role/team/Deploy`

function actor(userIdentity: JsonValue, change: JsonObject = {}): AccessEventRow {
  const value = { eventVersion: '1.08', eventSource: 'a.amazonaws.com', eventName: 'GetThing', ...change }
  const [row] = driveJson(cloudtrail, [userIdentity === null ? value : { ...value, userIdentity }]).events
  if (row === undefined) throw new Error('no row')
  return row
}

function session(name: string, context: JsonObject = {}): JsonObject {
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${account}:assumed-role/Deploy/${name}`,
    principalId: `AROAX:${name}`,
    accountId: account,
    accessKeyId: 'ASIAKEY',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: role, userName: 'Deploy' },
      attributes: { mfaAuthenticated: 'true' },
      ...context,
    },
  }
}

describe('actors of CloudTrail', () => {
  it('names root and marks it as privileged', () => {
    const row = actor({ type: 'Root', arn: `arn:aws:iam::${account}:root`, accountId: account })
    expect(row).toMatchObject({
      actor_type: 'root',
      actor_key: `aws:arn:aws:iam::${account}:root`,
      actor_tenant: account,
      flags: expect.arrayContaining(['privileged']),
    })
  })

  it('uses the unique id of a user where there is no ARN', () => {
    expect(actor({ type: 'IAMUser', principalId: 'AIDAX', userName: 'bo' })).toMatchObject({
      actor_key: 'aws:AIDAX',
      actor_id: 'AIDAX',
      actor_name: 'bo',
    })
  })

  it('keeps the session as origin and the role as effective identity', () => {
    expect(actor(session('i-0123'))).toMatchObject({
      actor_type: 'role',
      actor_key: `aws:arn:aws:sts::${account}:assumed-role/Deploy/i-0123`,
      actor_name: 'i-0123',
      effective_id: role,
      effective_name: 'Deploy',
      chain: [{ kind: 'assume_role', id: role, name: 'Deploy', type: 'role' }],
      session_id: 'ASIAKEY',
      credential_id: 'ASIAKEY',
      credential_type: 'temporary_key',
      mfa: true,
    })
  })

  it('makes a mail key of a session name only if it is an address', () => {
    expect(actor(session('Ana@Example.com'))).toMatchObject({
      actor_key: 'mail:ana@example.com',
      actor_email: 'ana@example.com',
      actor_type: 'user',
    })
    expect(actor(session('ana')).actor_email).toBeUndefined()
  })

  it('prefers the source identity to the session name', () => {
    expect(actor(session('ana@example.com', { sourceIdentity: 'bo' }))).toMatchObject({
      actor_key: 'aws:bo',
      actor_id: 'bo',
      actor_name: 'bo',
    })
  })

  it('knows on whose behalf a session acts', () => {
    const row = actor({
      ...session('task'),
      onBehalfOf: { userId: 'u-1', identityStoreArn: 'arn:aws:identitystore::1:identitystore/d-1' },
    })
    expect(row).toMatchObject({ actor_key: 'aws:u-1', actor_id: 'u-1', actor_type: 'user' })
    expect(row.chain?.map((hop) => hop.kind)).toEqual(['federation', 'assume_role'])
  })

  it('puts the identity provider before the role', () => {
    const row = actor(session('job', { webIdFederationData: { federatedProvider: 'arn:aws:iam::1:oidc-provider/ci' } }))
    expect(row.chain?.map((hop) => [hop.kind, hop.id])).toEqual([
      ['federation', 'arn:aws:iam::1:oidc-provider/ci'],
      ['assume_role', role],
    ])
  })

  it.each([
    [
      'FederatedUser',
      { arn: `arn:aws:sts::${account}:federated-user/kim` },
      'kim',
      `aws:arn:aws:sts::${account}:federated-user/kim`,
    ],
    ['SAMLUser', { principalId: 'x:kim', userName: 'kim@example.com' }, 'kim@example.com', 'mail:kim@example.com'],
    ['WebIdentityUser', { principalId: 'accounts.example:app:77' }, 'app:77', 'aws:accounts.example:app:77'],
    ['IdentityCenterUser', { onBehalfOf: { userId: 'u-9' } }, 'u-9', 'aws:u-9'],
    ['AWSAccount', { accountId: '999900001111', principalId: 'AROAY:kim' }, 'kim', 'aws:AROAY:kim'],
    ['AWSService', { invokedBy: 'rds.amazonaws.com' }, 'rds.amazonaws.com', 'aws:rds.amazonaws.com'],
    ['Unheard', { principalId: 'p' }, undefined, 'aws:p'],
  ])('maps identity type %s', (type, fields, name, key) => {
    const row = actor({ type, ...fields })
    expect([row.actor_name, row.actor_key]).toEqual([name, key])
  })

  it('calls an anonymous caller anonymous', () => {
    expect(actor({ type: 'AWSAccount', accountId: 'ANONYMOUS_PRINCIPAL', principalId: '' }).actor_type).toBe(
      'anonymous',
    )
  })

  it('takes service events without a type as the system', () => {
    expect(actor({ accountId: account, invokedBy: 'secretsmanager.amazonaws.com' })).toMatchObject({
      actor_type: 'system',
      actor_id: 'secretsmanager.amazonaws.com',
    })
    expect(actor({ accountId: account })).toMatchObject({ actor_type: 'system', actor_id: account })
  })

  it('works without any identity', () => {
    for (const nothing of [null, {}, 'text', 5, []])
      expect(actor(nothing)).toMatchObject({ actor_key: 'unknown:cloudtrail', actor_type: 'unknown' })
  })

  it('reads a second factor from a sign-in too', () => {
    const row = (MFAUsed: string) => actor({ type: 'IAMUser', userName: 'bo' }, { additionalEventData: { MFAUsed } })
    expect([row('Yes').mfa, row('No').mfa, row('?').mfa]).toEqual([true, false, undefined])
  })
})
