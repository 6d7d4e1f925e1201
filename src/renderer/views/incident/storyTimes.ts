/** When the steps of a story happened: what their record says, else what the analyst wrote. */
import { parseInstant } from '../../../common/time'
import type { StoryItem } from '../../../contract/incidents'
import type { Described } from '../../../contract/work'
import { targetKey } from '../../casework/targets'

export function storyTimes(
  story: readonly StoryItem[],
  described: ReadonlyMap<string, Described>,
): ReadonlyMap<string, bigint> {
  const times = new Map<string, bigint>()
  for (const { id, about, at } of story) {
    const ts = at ?? (about?.kind === 'record' ? described.get(targetKey(about.target))?.ts : null)
    const us = ts === null || ts === undefined ? undefined : parseInstant(ts)?.us
    if (us !== undefined) times.set(id, us)
  }
  return times
}

export interface Milestone {
  readonly name: 'begin' | NonNullable<StoryItem['mark']>
  readonly us: bigint
}

/** The first step with a time, and the first of each mark. */
export function milestones(story: readonly StoryItem[], times: ReadonlyMap<string, bigint>): readonly Milestone[] {
  const all = story.flatMap(({ id, mark }) => {
    const us = times.get(id)
    return us === undefined ? [] : [{ mark, us }]
  })
  const first = (items: readonly { readonly us: bigint }[]) =>
    items.reduce<bigint | undefined>((least, { us }) => (least === undefined || us < least ? us : least), undefined)
  return (['begin', 'detection', 'containment', 'recovery'] as const).flatMap((name) => {
    const us = first(name === 'begin' ? all : all.filter(({ mark }) => mark === name))
    return us === undefined ? [] : [{ name, us }]
  })
}
