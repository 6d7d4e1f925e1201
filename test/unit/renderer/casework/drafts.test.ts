import { expect, it, vi } from 'vitest'
import type { Client } from '../../../../src/contract'
import type { Task } from '../../../../src/contract/findings'
import { createDrafts } from '../../../../src/renderer/casework/drafts'

const task: Task = {
  id: 'a',
  author: 'analyst',
  createdAt: '2026-01-02T09:00:00Z',
  updatedAt: '2026-01-02T09:00:00Z',
  title: 'Ask',
  status: 'open',
  assignee: '',
  text: '',
}

function setUp(stored: unknown) {
  const map = new Map([['crosstrail.draft.task.a', JSON.stringify(stored)]])
  const call = vi.fn(async (_method: string, { change }: { readonly change: object }) => ({ ...task, ...change }))
  // Only this method is called.
  const client = { call } as unknown as Client
  const drafts = createDrafts(client, {
    getItem: (key) => map.get(key) ?? null,
    setItem: (key, value) => void map.set(key, value),
    removeItem: (key) => void map.delete(key),
  })
  return { drafts, call, map }
}

it('saves what was typed before a reload as soon as the documents are listed', async () => {
  const { drafts, call, map } = setUp({ change: { title: 'Ask again' }, base: { title: 'Ask' } })
  drafts.tasks.resume([task, { ...task, id: 'b' }])
  await vi.waitFor(() => expect(call).toHaveBeenCalledWith('tasks.update', { id: 'a', change: { title: 'Ask again' } }))
  await vi.waitFor(() => expect(map.size).toBe(0))
  expect(call).toHaveBeenCalledTimes(1)
})

it.each([{ change: { title: 7 } }, { change: { author: 'x' } }, 3, { change: null }])(
  'drops a stored copy that is none: %j',
  async (stored) => {
    const { drafts, call } = setUp(stored)
    drafts.tasks.resume([task])
    expect(drafts.tasks.of(task).getState()).toMatchObject({ status: 'clean', value: task })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(call).not.toHaveBeenCalled()
  },
)
