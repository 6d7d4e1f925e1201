import { count } from '../words'
import type { Section } from './section'
import { joined } from './values'

export const affected: Section = {
  id: 'affected',
  title: 'Affected actors and resources',
  build(model, { say, label, time }) {
    const { incident } = model
    if (incident === null || incident.affected.length === 0) return []
    return [
      { kind: 'paragraph', text: say('How far they reach by the records of the whole case.') },
      {
        kind: 'table',
        columns: [
          { title: say('Name'), align: 'left', width: 1 },
          { title: say('Kind'), align: 'left', width: 0 },
          ...[say('Events'), say('Refused'), say('Actors'), say('Resources'), say('Addresses')].map((title) => ({
            title,
            align: 'right' as const,
            width: 0,
          })),
        ],
        rows: incident.reach.value.map((row) => [
          row.id,
          label(row.kind),
          count(row.events),
          count(row.denied),
          count(row.actors),
          count(row.resources),
          count(row.addresses),
        ]),
        // Times stand below: beside seven columns there is no room for them in every language.
        below: incident.reach.value.map(({ firstTs, lastTs }, index) => {
          const seen = firstTs === null || lastTs === null ? '' : `${time(firstTs)} – ${time(lastTs)}`
          const words = joined(seen, incident.affected[index]?.text ?? '')
          return words === '' ? null : { code: '', words }
        }),
        note: null,
      },
    ]
  },
}
