import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { projectionLines } from '../../../src/engine/case/projection'
import type { EngineContext } from '../../../src/engine/context'
import { sql } from '../../../src/engine/db/sql'
import { savedViewHandlers } from '../../../src/engine/savedViews/handlers'
import { type TempCase, tempCase } from '../../support/tempCase'

const window = { fromUs: 1_767_323_045_000_000, toUs: 1_767_323_345_000_001 }

describe('saved views', () => {
  let temp: TempCase
  let handlers: ReturnType<typeof savedViewHandlers>
  const call = { signal: new AbortController().signal, report: () => undefined }
  const save = (name: string, filter: string) => handlers['views.save']({ name, filter, window, view: 'events' }, call)

  beforeEach(async () => {
    temp = await tempCase()
    const context = { session: () => temp.session, changed: () => undefined, host: { now: () => new Date() } }
    // What else a host has is not asked for here.
    handlers = savedViewHandlers(context as unknown as EngineContext)
  })
  afterEach(() => temp.remove())

  it('are there after the case was closed, with their window, and replaced by name', async () => {
    await save('denied', 'outcome:success')
    await save('denied', ' outcome:denied ')
    await save('Alle', '')
    await temp.reopen()
    const views = await handlers['views.list']({}, call)
    expect(views.map(({ name }) => name)).toEqual(['Alle', 'denied'])
    expect(views[1]).toMatchObject({ filter: 'outcome:denied', window, view: 'events', author: 'tester' })
  })

  it('are the same when the journal is projected again from its start', async () => {
    await save('one', 'outcome:denied')
    await save('two', 'action:Put*')
    await handlers['views.delete']({ name: 'one' }, call)
    const before = await projectionLines(temp.session.db)
    expect(before.filter((line) => line.startsWith('saved_view'))).toHaveLength(1)
    await temp.session.db.transaction(async (writer) => {
      await writer.run(sql`UPDATE journal_state SET head = 'unknown'`)
      await writer.run(sql`DELETE FROM saved_view`)
    })
    await temp.reopen()
    expect(await projectionLines(temp.session.db)).toEqual(before)
  })

  it('refuse a filter that cannot be asked, and the deletion of what is not there', async () => {
    await expect(save('broken', 'outcome:(')).rejects.toMatchObject({ code: 'filter.invalid' })
    await expect(handlers['views.delete']({ name: 'nobody' }, call)).rejects.toMatchObject({ code: 'not-found' })
    expect(await handlers['views.list']({}, call)).toEqual([])
  })

  it.each(["'; DROP TABLE saved_view; --", '\u202egnp', '=1+1', '<b>', 'a\u0000b', '💣'])(
    'take the name %j as it is',
    async (name) => {
      await save(name, 'raw:"x\u0000"')
      await temp.reopen()
      expect((await handlers['views.list']({}, call)).map((one) => one.name)).toEqual([name])
    },
  )
})
