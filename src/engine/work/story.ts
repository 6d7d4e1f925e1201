/** When the items of a story happened. */

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
