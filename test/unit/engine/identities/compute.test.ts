import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { computeIdentities } from '../../../../src/engine/identities/compute'
import { identityOf, listIdentities } from '../../../../src/engine/identities/list'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents } from '../query/support'

let db: Database

beforeEach(async () => {
  db = await memoryDatabase()
})
afterEach(() => db.close())

const session = 'aws:arn:aws:sts::1:assumed-role/deploy/pipeline-7'
const user = 'aws:arn:aws:iam::1:user/ci'

async function aliases() {
  await computeIdentities(db)
  const rows = await db.all(
    z.object({ actor_key: z.string(), identity_id: z.string(), basis: z.string(), confidence: z.number() }),
    sql`SELECT actor_key, identity_id, basis, confidence FROM identity_alias WHERE basis <> 'primary' ORDER BY ALL`,
  )
  return rows.map((row) => [row.actor_key, row.identity_id, row.basis, row.confidence])
}

async function issue(eventId: number, key: string): Promise<void> {
  await db.write((writer) =>
    writer.run(sql`
      UPDATE access_event SET correlation_ids = [{'kind': 'aws_issued_key', 'value': ${key}}], activity = 'assume'
      WHERE event_id = ${eventId}`),
  )
}

describe('identities from the records', () => {
  it('ties a session to the caller that was given its key, in cloud and cluster', async () => {
    await addEvents(db, [
      {
        event_id: 1,
        source: 'cloudtrail',
        actor_key: user,
        actor_type: 'user',
        credential_id: 'AKIAUSER',
        action: 'AssumeRole',
      },
      { event_id: 2, source: 'cloudtrail', actor_key: session, actor_type: 'role', credential_id: 'ASIASESSION' },
      { event_id: 3, source: 'k8s_audit', actor_key: 'k8s:-/deploy', actor_type: 'user', credential_id: 'ASIASESSION' },
    ])
    await issue(1, 'ASIASESSION')
    expect(await aliases()).toEqual([
      [session, user, 'assume-role', 0.97],
      ['k8s:-/deploy', user, 'assume-role', 0.97],
    ])
    const found = await identityOf(db, session)
    expect(found?.members.map((one) => [one.actor_key, one.events])).toEqual([
      [user, 1],
      [session, 1],
      ['k8s:-/deploy', 1],
    ])
    expect(found?.members[1]).toMatchObject({ event_id: '1', via_key: user })
    expect(found?.members[1]?.text).toContain('ASIASESSION')
  })

  it('ties nobody to an account that several share, and nothing to services', async () => {
    await addEvents(db, [
      {
        event_id: 1,
        source: 'cloudtrail',
        actor_key: 'aws:one',
        actor_type: 'user',
        credential_id: 'A',
        action: 'AssumeRole',
      },
      {
        event_id: 2,
        source: 'cloudtrail',
        actor_key: 'aws:two',
        actor_type: 'user',
        credential_id: 'B',
        action: 'AssumeRole',
      },
      { event_id: 3, source: 'k8s_audit', actor_key: 'k8s:-/shared', actor_type: 'user', credential_id: 'ASIASESS1' },
      { event_id: 4, source: 'k8s_audit', actor_key: 'k8s:-/shared', actor_type: 'user', credential_id: 'ASIASESS2' },
      {
        event_id: 5,
        source: 'cloudtrail',
        actor_key: 'aws:ec2.amazonaws.com',
        actor_type: 'system',
        action: 'AssumeRole',
      },
      { event_id: 6, source: 'cloudtrail', actor_key: session, actor_type: 'role', credential_id: 'ASIASESS3' },
    ])
    await issue(1, 'ASIASESS1')
    await issue(2, 'ASIASESS2')
    await issue(5, 'ASIASESS3')
    expect(await aliases()).toEqual([])
  })

  it('knows a name as the local part of one mail address, but not common names and not where two bear it', async () => {
    const of = (actor_key: string, actor_name: string, source: string) => ({
      actor_key,
      actor_name,
      source,
      actor_type: 'user',
    })
    await addEvents(db, [
      of('mail:mallory@shop.example', 'Mallory', 'okta'),
      of('gh:mallory', 'mallory', 'github'),
      of('pg:-/mallory', 'mallory', 'pgaudit'),
      of('mail:admin@shop.example', 'Admin', 'okta'),
      of('pg:-/admin', 'admin', 'pgaudit'),
      of('mail:robin@shop.example', 'Robin', 'okta'),
      of('mail:robin@other.example', 'Robin', 'okta'),
      of('gh:robin', 'robin', 'github'),
    ])
    expect(await aliases()).toEqual([
      ['gh:mallory', 'mail:mallory@shop.example', 'local-part', 0.6],
      ['pg:-/mallory', 'mail:mallory@shop.example', 'local-part', 0.6],
    ])
  })

  it('follows a native id, a cluster and a guest name, and says so in words', async () => {
    await addEvents(db, [
      { source: 'okta', actor_key: 'mail:ann@shop.example', actor_id: '00u1', actor_type: 'user' },
      { source: 'okta', actor_key: 'okta:00u1', actor_id: '00u1', actor_type: 'user' },
      { source: 'entra_signin', actor_key: 'mail:ann_shop.example#ext#@tenant.example', actor_type: 'user' },
    ])
    expect(await aliases()).toEqual([
      ['mail:ann_shop.example#ext#@tenant.example', 'mail:ann@shop.example', 'guest', 0.95],
      ['okta:00u1', 'mail:ann@shop.example', 'record', 0.98],
    ])
    const { identities, total } = await listIdentities(db, { search: '00U1', limit: 10 })
    expect(total).toBe(1)
    expect(identities[0]?.members.map(({ text }) => text)).toEqual([
      'The identity is named after this key.',
      'Records give the native id 00u1 with both keys.',
      'ann_shop.example#ext#@tenant.example is the name of ann@shop.example as a guest of another tenant.',
    ])
  })

  it('gives the same rows when it runs again, and none for an empty case', async () => {
    expect(await aliases()).toEqual([])
    await addEvents(db, [
      { source: 'okta', actor_key: 'mail:ann@shop.example', actor_id: '00u1', actor_type: 'user' },
      { source: 'okta', actor_key: 'okta:00u1', actor_id: '00u1', actor_type: 'user' },
    ])
    expect(await aliases()).toEqual(await aliases())
  })
})
