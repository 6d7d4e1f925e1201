import type { Block } from '../../../contract/reportBlocks'
import { count, duration, leftOut } from '../words'
import type { Section } from './section'

export const auditGaps: Section = {
  id: 'audit-gaps',
  title: 'Traced calls without an audit record',
  build(model, print) {
    const found = model.analyses.auditGaps?.value
    if (found === undefined || (found.total === 0 && found.silences.length === 0)) return []
    const { say, time } = print
    const blocks: Block[] = []
    if (found.gaps.length > 0)
      blocks.push(
        {
          kind: 'paragraph',
          text: say('{count} calls are traced that their source usually records, and it has no record of them.', {
            count: count(found.total),
          }),
        },
        {
          kind: 'table',
          columns: [
            { title: say('Time'), align: 'left', nowrap: true, width: 0 },
            { title: say('Call'), align: 'left', width: 1 },
            { title: say('Source'), align: 'left', width: 0 },
            { title: say('Alike with a record'), align: 'right', width: 0 },
          ],
          rows: found.gaps.map(({ ts, service, name, what, source, alike, alikeLinked, silent }) => [
            time(ts.replace(/\.\d+/, '')),
            [service, name, what].filter((part) => part !== null).join(' · '),
            silent ? `${source} (${say('silent')})` : source,
            say('{part} of {all}', { part: count(alikeLinked), all: count(alike) }),
          ]),
          note: leftOut(found.gaps.length, found.total, print),
        },
      )
    if (found.silences.length > 0)
      blocks.push(
        { kind: 'heading', text: say('Silences of a source') },
        {
          kind: 'table',
          columns: [
            { title: say('Source'), align: 'left', width: 1 },
            { title: say('From'), align: 'left', nowrap: true, width: 0 },
            { title: say('To'), align: 'left', nowrap: true, width: 0 },
            { title: say('Usual pause'), align: 'right', width: 0 },
            { title: say('Traced calls inside'), align: 'right', width: 0 },
            { title: say('Records expected'), align: 'right', width: 0 },
          ],
          rows: found.silences.map(({ source, fromTs, toTs, usualUs, spans, expected }) => [
            source,
            time(fromTs),
            time(toTs),
            duration(`${usualUs}000`),
            count(spans),
            expected,
          ]),
          note: null,
        },
      )
    return blocks
  },
}
