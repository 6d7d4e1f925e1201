import type { Block } from '../blocks'
import type { CitedEvent } from '../model'
import { cellText, count } from '../words'
import type { PrintTime } from '../zone'
import type { Section } from './section'
import { place } from './story'

export const appendix: Section = {
  id: 'appendix',
  title: 'Appendix: the cited records',
  build: (model, time) => model.cited.flatMap((event, index) => record(event, index + 1, time)),
}

function record(event: CitedEvent, number: number, time: PrintTime): Block[] {
  const { raw } = event
  return [
    { kind: 'heading', text: `${number}. Event ${event.eventId}` },
    {
      kind: 'facts',
      items: [
        { label: 'record', value: `${place(event)}, record ${event.position.recordNo}` },
        { label: 'file SHA-256', value: event.position.sha256, mono: true },
        ...Object.entries(event.fields).map(([name, cell]) => ({
          label: name,
          value: (name === 'ts' || name === 'ts_end') && typeof cell === 'string' ? time(cell) : cellText(cell),
        })),
      ],
    },
    {
      kind: 'code',
      text: raw.text,
      note: `${raw.cut ? `The first ${count(Buffer.byteLength(raw.text))} of ${count(raw.sizeBytes)} bytes. ` : ''}SHA-256 of the record ${raw.sha256}`,
    },
  ]
}
