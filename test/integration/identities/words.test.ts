/** What the analyst says of identities, in a case with the sample incident: it holds over linking, opening and rebuilding. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { rebuildCase } from '../../../src/engine/case/rebuild'
import { caseSlot } from '../../../src/engine/case/slot'
import { verifyCase } from '../../../src/engine/case/verify'
import { sql } from '../../../src/engine/db/sql'
import { denialPath } from '../../../src/engine/denial/path'
import { decide, merge, split } from '../../../src/engine/identities/decide'
import { identityOf, listIdentities } from '../../../src/engine/identities/list'
import { relink } from '../../../src/engine/links/handlers'

const sample = resolve(import.meta.dirname, '../../../resources/sample')
const slot = caseSlot({ actor: 'tester', tool: 'crosstrail/test', now: () => new Date(), recordSession: false })
const ci = 'aws:arn:aws:iam::111122223333:user/ci-deployer'
const cluster = 'k8s:-/shop-deploy'
const analyst = 'mail:data-analyst@example.com'
const role = 'pg:-/analyst_ro'

let root: string
let folder: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosstrail-identities-'))
  folder = join(root, 'own.case')
  await slot.create(folder, 'own')
  await slot.importPaths([sample], { copy: true })
}, 120_000)
afterAll(async () => {
  await slot.close()
  await rm(root, { recursive: true, force: true })
})

const keysOf = async (key: string) =>
  (await identityOf(slot.require().db, key))?.members.map(({ actor_key: member }) => member).sort() ?? null
const all = async () => (await listIdentities(slot.require().db, { search: '', limit: 100 })).identities

describe('identities of the sample', () => {
  it('show the pipeline user behind its sessions and its name in the cluster, each by a key that was given out', async () => {
    const found = await identityOf(slot.require().db, cluster)
    expect(found).toMatchObject({ identity_id: ci, label: 'ci-deployer' })
    expect(found?.members).toHaveLength(10)
    expect(new Set(found?.members.map(({ basis }) => basis))).toEqual(new Set(['primary', 'assume-role']))
  })

  it('lead from the key of a pipeline through the role that was taken to a refusal, in the cloud and in the cluster', async () => {
    const asking = { db: slot.require().db, now: new Date() }
    const refused = await slot.require().db.all(
      z.object({ event_id: z.string() }),
      sql`
        SELECT arg_min(event_id, seq)::VARCHAR AS event_id FROM access_event
        WHERE outcome = 'denied' AND credential_id = 'ASIASESSIONXXEXAMPLE' GROUP BY source ORDER BY source`,
    )
    expect(refused).toHaveLength(2)
    for (const { event_id: eventId } of refused) {
      const { steps, missing } = await denialPath(asking, eventId)
      expect(steps.slice(0, 3).map(({ kind, marks, facts }) => [kind, marks, facts.actor_key])).toEqual([
        ['identity', ['access_key'], ci],
        ['role', ['issued_key'], ci],
        ['session', [], expect.stringMatching(/pipeline-5127$|shop-deploy$/)],
      ])
      expect(steps[1]?.facts).toMatchObject({ used: 'AKIACIDEPLOY7EXAMPLE', credential_id: 'ASIASESSIONXXEXAMPLE' })
      expect(steps[2]?.facts).toMatchObject({ identity: 'ci-deployer', identity_basis: 'assume-role' })
      expect(steps[2]?.event_id).toMatch(/^\d+$/)
      expect(missing.join()).not.toContain('signed in')
    }
  })

  it('follow a merge and a split, over linking, opening and rebuilding', async () => {
    await expect(merge(slot.require(), { actorKey: analyst, otherKey: 'mail:nobody' })).rejects.toThrow('actor key')
    await merge(slot.require(), { actorKey: role, otherKey: analyst })
    await split(slot.require(), { actorKey: cluster })
    const expected = async () => {
      expect(await keysOf(role)).toEqual([analyst, role])
      expect(await keysOf(cluster)).toBeNull()
      expect((await keysOf(ci))?.length).toBe(9)
    }
    await expected()
    const before = await all()
    await relink(slot.require())
    expect(await all()).toEqual(before)
    await slot.close()
    await slot.open(folder)
    await expected()
    await rebuildCase(slot, {})
    expect(await all()).toEqual(before)
    expect((await verifyCase(slot.require(), {})).findings).toEqual([])
  }, 120_000)

  it('are as before once the words are taken back', async () => {
    const before = await all()
    const undo = await split(slot.require(), { actorKey: role })
    expect(await keysOf(analyst)).toBeNull()
    await expect(split(slot.require(), { actorKey: role })).rejects.toThrow('no identity with other keys')
    await decide(slot.require(), undo)
    expect(await all()).toEqual(before)
    await merge(slot.require(), { actorKey: cluster, otherKey: ci })
    expect((await keysOf(cluster))?.length).toBe(10)
    await expect(merge(slot.require(), { actorKey: cluster, otherKey: ci })).rejects.toThrow('already')
  }, 120_000)
})
