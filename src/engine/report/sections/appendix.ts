import type { Block } from '../../../contract/reportBlocks'
import type { CitedEvent, ReportModel } from '../model'
import { cellText, count, leftOut } from '../words'
import { actorOf, fieldOf, place } from './eventCard'
import type { Print, Section } from './section'
import { joined } from './values'

export const appendix: Section = {
  id: 'appendix',
  title: 'Appendix: the cited records',
  build(model, print) {
    if (model.cited.length === 0 || model.layout.appendix === 'none') return []
    if (model.layout.appendix === 'positions') return [positions(model, print)]
    return model.cited.flatMap((event, index) => record(event, index + 1, model.layout.appendix === 'full', print))
  },
}

function positions(model: ReportModel, print: Print): Block {
  const { say, time } = print
  return {
    kind: 'table',
    columns: [
      { title: say('No.'), align: 'right', width: 0 },
      { title: say('Time'), align: 'left', nowrap: true, width: 0 },
      { title: say('Event'), align: 'left', width: 1 },
      { title: say('Record'), align: 'left', width: 1.4 },
    ],
    rows: model.cited.map((event, index) => [
      `${index + 1}`,
      time(event.ts),
      joined(fieldOf(event)('action'), actorOf(event)),
      place(event, print),
    ]),
    below: model.cited.map(({ raw }) => ({ code: raw.sha256, words: '' })),
    note: leftOut(model.cited.length, model.citedTotal, print),
  }
}

function record(event: CitedEvent, number: number, whole: boolean, print: Print): Block[] {
  const { raw } = event
  const { say, time } = print
  return [
    { kind: 'heading', text: `${number}. ${say('Event {id}', { id: event.eventId })}` },
    {
      kind: 'facts',
      dense: true,
      items: [
        {
          label: 'record',
          value: `${place(event, print)}, ${say('record {number}', { number: event.position.recordNo })}`,
        },
        { label: 'file SHA-256', value: event.position.sha256 },
        ...Object.entries(event.fields).map(([name, cell]) => ({
          label: name,
          value: (name === 'ts' || name === 'ts_end') && typeof cell === 'string' ? time(cell) : cellText(cell),
        })),
        ...(whole ? [] : [{ label: 'record SHA-256', value: raw.sha256 }]),
      ],
    },
    ...(whole ? [rawBlock(event, print)] : []),
  ]
}

function rawBlock({ raw }: CitedEvent, { say }: Print): Block {
  return {
    kind: 'code',
    text: raw.text,
    note: `${
      raw.cut
        ? `${say('The first {shown} of {all} bytes.', { shown: count(Buffer.byteLength(raw.text)), all: count(raw.sizeBytes) })} `
        : ''
    }${say('SHA-256 of the record')} ${raw.sha256}`,
  }
}
