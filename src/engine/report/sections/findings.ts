import { findTechnique } from '../../../common/attack/techniques'
import type { Block } from '../../../contract/reportBlocks'
import type { CitedEvent, ModelFinding, ModelItem, ReportModel } from '../model'
import { count, leftOut, outcomeWord } from '../words'
import { paragraphs } from './analystText'
import { actorOf, fieldOf, place } from './eventCard'
import { figureBlock } from './figure'
import type { Print, Section } from './section'
import { joined, value } from './values'

export const findings: Section = {
  id: 'findings',
  title: 'Findings',
  build(model, print) {
    const blocks = model.findings.flatMap((finding, index) => findingBlocks(finding, index + 1, model, print))
    const more = leftOut(model.findings.length, model.findingsTotal, print)
    return more === null ? blocks : [...blocks, { kind: 'paragraph', text: more, tone: 'muted' }]
  },
}

function findingBlocks(finding: ModelFinding, number: number, model: ReportModel, print: Print): Block[] {
  const { say, label, time } = print
  const blocks: Block[] = [
    { kind: 'heading', text: `${number}. ${finding.title}` },
    {
      kind: 'facts',
      items: [
        {
          label: say('Severity'),
          value: joined(
            label(finding.severity),
            say('confidence {level}', { level: label(finding.confidence) }),
            label(finding.status),
          ),
        },
        ...value(
          say('Techniques'),
          finding.techniques.map((id) => joined(id, findTechnique(id)?.name ?? '')).join('; '),
        ),
        { label: say('Recorded'), value: joined(time(finding.createdAt), finding.author) },
      ],
    },
    ...paragraphs(finding.statement),
  ]
  if (finding.evidence.length > 0) blocks.push(evidenceTable(finding.evidence, model, print))
  for (const { about } of finding.evidence)
    if (about?.kind === 'figure') blocks.push(...figureBlock(model, about.figureId, print, about))
  if (finding.alternatives.length > 0)
    blocks.push(
      { kind: 'paragraph', text: say('Other explanations that were looked at:'), tone: 'muted' },
      { kind: 'list', items: finding.alternatives },
    )
  return blocks
}

function evidenceTable(items: readonly ModelItem[], model: ReportModel, print: Print): Block {
  const { say } = print
  const rows = items.map((item) => evidenceRow(item, model, print))
  return {
    kind: 'table',
    columns: [
      { title: say('No.'), align: 'right', width: 0 },
      { title: say('Time'), align: 'left', nowrap: true, width: 0 },
      { title: say('Evidence'), align: 'left', width: 1 },
      { title: say('Outcome'), align: 'left', width: 0 },
    ],
    rows: rows.map(({ cells }) => cells),
    below: rows.map(({ words }) => (words === '' ? null : { code: '', words })),
    note: null,
  }
}

interface Row {
  readonly cells: readonly [number: string, time: string, what: string, outcome: string]
  readonly words: string
}

function evidenceRow({ about, text }: ModelItem, model: ReportModel, print: Print): Row {
  const { say, label, time } = print
  switch (about?.kind) {
    case 'event': {
      const event = about.number === null ? undefined : model.cited[about.number - 1]
      if (event === undefined) return { cells: ['', '', `${say('Event id')} ${about.eventId}`, ''], words: text }
      return {
        cells: [`${about.number}`, time(event.ts), headline(event), label(outcomeWord(fieldOf(event)('outcome')))],
        words: [text, place(event, print)].filter((part) => part !== '').join(' — '),
      }
    }
    case 'record':
      return {
        cells: ['', about.ts === null ? '' : time(about.ts), about.title, label(about.outcome ?? '')],
        words: text,
      }
    case 'query': {
      const [events, first, last] = about.facts
      const found = typeof events?.value === 'number' ? count(events.value) : '0'
      const span = first?.value === 'none' ? '' : `, ${time(String(first?.value))} – ${time(String(last?.value))}`
      return {
        cells: ['', '', `${say('{count} events', { count: found })}${span}`, ''],
        words: joined(text, `${say('Filter')}: ${about.where}`),
      }
    }
    case 'figure':
      return { cells: ['', '', say('Figure below'), ''], words: text }
    case 'finding':
      return { cells: ['', '', `${say('Finding')}: ${about.title}`, ''], words: text }
    case undefined:
      return { cells: ['', '', text, ''], words: '' }
  }
}

function headline(event: CitedEvent): string {
  const field = fieldOf(event)
  return joined(
    actorOf(event),
    field('action') || field('class'),
    field('resource_name') || field('resource_key'),
    field('outcome_code'),
  )
}
