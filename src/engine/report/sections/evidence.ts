import type { Block } from '../../../contract/reportBlocks'
import type { EvidenceFile } from '../model'
import { count, factText, leftOut, size, tableBlock } from '../words'
import type { Section } from './section'

export const evidence: Section = {
  id: 'evidence',
  title: 'Evidence',
  build(model, print) {
    const { files, total, totals } = model.evidence
    if (total === 0) return []
    const { say, label, time } = print
    // Where every file was read as a whole, a column that says so only takes room.
    const plain = files.every(({ status }) => status === 'imported')
    const blocks: Block[] = [
      {
        kind: 'paragraph',
        text: say(
          'Every record that was read is accounted for: kept, duplicate, skipped or rejected. The SHA-256 below each file is that of the original as it was read.',
        ),
      },
      { kind: 'tiles', items: totals.map((fact) => ({ label: label(fact.label), value: factText(fact, time) })) },
      {
        kind: 'table',
        columns: [
          { title: say('File'), align: 'left', width: 4 },
          { title: say('Format'), align: 'left', width: 0 },
          ...(plain ? [] : [{ title: say('Status'), align: 'left' as const, width: 0 }]),
          ...[say('Size'), say('Read'), say('Kept'), say('Dupl.'), say('Skipped'), say('Rejected')].map((title) => ({
            title,
            align: 'right' as const,
            width: 0,
          })),
        ],
        rows: files.map((file) => [
          file.name,
          file.formats.join(', '),
          ...(plain ? [] : [label(file.status)]),
          size(file.sizeBytes),
          count(file.records.read),
          count(file.records.kept),
          count(file.records.duplicate),
          count(file.records.skipped),
          count(file.records.rejected),
        ]),
        below: files.map((file) => ({
          code: file.sha256,
          words: [span(file, time), ...file.acquired].filter((words) => words !== '').join('; '),
        })),
        note: leftOut(files.length, total, print),
      },
    ]
    if (model.rejects.rows.length > 0)
      blocks.push(
        { kind: 'heading', text: say('Rejected records by reason') },
        tableBlock(model.rejects, [2, 3], print),
      )
    if (model.limitsHit.rows.length > 0)
      blocks.push({ kind: 'heading', text: say('Limits met') }, tableBlock(model.limitsHit, [1, 2], print))
    return blocks
  },
}

function span(file: EvidenceFile, time: (text: string) => string): string {
  return file.firstTs === null || file.lastTs === null ? '' : `${time(file.firstTs)} – ${time(file.lastTs)}`
}
