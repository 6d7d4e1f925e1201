/** The order of a story by time. An item without a time stays behind the one before it. */

import { parseInstant } from '../../common/time'
import type { Client } from '../../contract'
import type { StoryItem } from '../../contract/incidents'

/** Microseconds of each item, by its id: what its record says, else what was written. */
export async function storyTimes(
  client: Pick<Client, 'call'>,
  story: readonly StoryItem[],
): Promise<ReadonlyMap<string, bigint>> {
  const records = story.flatMap(({ id, about }) => (about?.kind === 'record' ? [{ id, target: about.target }] : []))
  const described = await client.call('work.describe', { targets: records.map(({ target }) => target) })
  const times = new Map<string, bigint>()
  for (const { id, at } of story) {
    const us = at === null ? undefined : parseInstant(at)?.us
    if (us !== undefined) times.set(id, us)
  }
  for (const [index, { id }] of records.entries()) {
    const ts = described[index]?.ts
    const us = typeof ts === 'string' ? parseInstant(ts)?.us : undefined
    if (us !== undefined && !times.has(id)) times.set(id, us)
  }
  return times
}

export function orderByTime<T extends { readonly id: string }>(
  story: readonly T[],
  times: ReadonlyMap<string, bigint>,
): T[] {
  let last: bigint | undefined
  const placed = story.map((item, index) => {
    last = times.get(item.id) ?? last
    return { item, index, us: last }
  })
  return placed
    .sort((a, b) => {
      if (a.us === b.us) return a.index - b.index
      if (a.us === undefined || b.us === undefined) return a.us === undefined ? -1 : 1
      return a.us < b.us ? -1 : 1
    })
    .map(({ item }) => item)
}
