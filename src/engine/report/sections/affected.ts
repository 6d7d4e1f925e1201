import { count } from '../words'
import type { Section } from './section'

export const affected: Section = {
  id: 'affected',
  title: 'Affected actors and resources',
  build(model, { say, label, time }) {
    const { incident } = model
    if (incident === null || incident.affected.length === 0) return []
    const seconds = (ts: string | null) => (ts === null ? '' : time(ts.replace(/\.\d+/, '')))
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
          { title: say('First'), align: 'left', nowrap: true, width: 0 },
          { title: say('Last'), align: 'left', nowrap: true, width: 0 },
        ],
        rows: incident.reach.value.map((row) => [
          row.id,
          label(row.kind),
          count(row.events),
          count(row.denied),
          count(row.actors),
          count(row.resources),
          count(row.addresses),
          seconds(row.firstTs),
          seconds(row.lastTs),
        ]),
        below: incident.affected.map(({ text }) => (text === '' ? null : { code: '', words: text })),
        note: null,
      },
    ]
  },
}
