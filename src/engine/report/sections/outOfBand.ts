import type { Block } from '../../../contract/reportBlocks'
import type { ModelBandGroup } from '../model'
import { count, leftOut } from '../words'
import type { Print, Section } from './section'
import { joined, value } from './values'

export const outOfBand: Section = {
  id: 'out-of-band',
  title: 'Accesses out of band',
  build(model, print) {
    const found = model.analyses.outOfBand?.value
    if (found === undefined || found.groups.length === 0) return []
    const { say } = print
    const blocks: Block[] = [
      {
        kind: 'paragraph',
        text: say(
          '{count} accesses came by no request that was traced, where traces are expected. That is a fact about the records; whether it was allowed, they do not say.',
          { count: count(found.outOfBand) },
        ),
      },
      ...found.groups.flatMap((group) => groupBlocks(group, print)),
    ]
    const more = leftOut(found.groups.length, found.total, print)
    if (more !== null) blocks.push({ kind: 'paragraph', text: more, tone: 'muted' })
    return blocks
  },
}

function groupBlocks(group: ModelBandGroup, { say, time }: Print): Block[] {
  const compared = { linked: count(group.comparedLinked), all: count(group.comparedWith) }
  return [
    { kind: 'heading', text: `${group.actor ?? say('An unnamed identity')} → ${group.area}` },
    {
      kind: 'facts',
      items: [
        ...value(say('Reached'), joined(group.source, group.resources.join(', '))),
        ...value(say('From'), joined(group.address ?? '', group.client ?? '', group.session ?? '')),
        { label: say('When'), value: `${time(group.firstTs)} – ${time(group.lastTs)}` },
        {
          label: say('Accesses'),
          value: say('{out} of {all} out of band, {denied} refused', {
            out: count(group.outOfBand),
            all: count(group.events),
            denied: count(group.denied),
          }),
        },
        ...value(say('Rows'), group.rows ?? ''),
        {
          label: say('Requests'),
          value: say('{open} of {all} without a trace', { open: count(group.unlinkedUnits), all: count(group.units) }),
        },
        {
          label: say('Compared with'),
          value:
            group.basis === 'identity'
              ? say('other accesses of this identity: {linked} of {all} come with a trace', compared)
              : say('accesses of traced programs to the same resource: {linked} of {all} come with a trace', compared),
        },
        { label: say('By chance'), value: say('probability {chance}', { chance: group.chance }) },
        ...value(say('It states'), group.tickets.join(', ')),
      ],
    },
  ]
}
