import type { Block, EventCard, LinkCard, Value } from '../blocks'
import type { CitedEvent, ModelLink, ModelTrace } from '../model'
import { cellText, counted, duration, leftOut, outcomeTone, outcomeWord } from '../words'
import type { PrintTime } from '../zone'
import { noteCard } from './notes'
import type { Section } from './section'

export const story: Section = {
  id: 'story',
  title: 'What happened, in order',
  build(model, time) {
    const blocks: Block[] = model.cited.map((event, index) => eventCard(event, index + 1, time))
    const more = leftOut(model.cited.length, model.citedTotal, 'noted events')
    if (more !== null) blocks.push({ kind: 'paragraph', text: more, tone: 'muted' })
    return blocks
  },
}

/** About a third of a page of text. */
const wholeCharacters = 1_800

function eventCard(event: CitedEvent, number: number, time: PrintTime): EventCard {
  const card = describe(event, number, time)
  return { ...card, whole: JSON.stringify(card).length < wholeCharacters + 40 * card.values.length }
}

function describe(event: CitedEvent, number: number, time: PrintTime): Omit<EventCard, 'whole'> {
  const field = (name: string) => cellText(Object.hasOwn(event.fields, name) ? event.fields[name] : undefined)
  const outcome = field('outcome')
  return {
    kind: 'event',
    number,
    time: time(event.ts),
    headline: field('action') || field('class') || 'Event',
    outcome: outcomeWord(outcome),
    tone: outcomeTone(outcome),
    values: [
      ...value('Who', joined(field('actor_name') || field('actor_id') || field('actor_key'), field('actor_type'))),
      ...value('Acting as', field('effective_name') || field('effective_id')),
      ...value('From', joined(field('src_ip'), field('src_country'), field('src_as_org'))),
      ...value('With', field('user_agent')),
      ...value('What', joined(field('service'), field('permission'))),
      ...value('On', field('resource_key') || field('resource_name')),
      ...value('Statement', field('db_statement'), true),
      ...value('Why refused', joined(field('outcome_code'), field('outcome_reason'))),
      ...value('Policy', joined(field('policy'), field('policy_type'), field('policy_effect'))),
      ...value('Reason stated', joined(field('reason'), field('ticket_ids'))),
      ...value('Record', place(event)),
      ...value('Event id', event.eventId),
    ],
    notes: event.notes.map((note) => noteCard(note, time)),
    links: event.links.map(linkCard),
    linksMore: event.linksLeftOut === 0 ? null : `${counted(event.linksLeftOut, 'weaker link')} not printed.`,
    trace: event.trace === null ? [] : traceValues(event.trace, time),
  }
}

function value(label: string, text: string, mono = false): Value[] {
  return text === '' ? [] : [{ label, value: text, ...(mono ? { mono } : {}) }]
}

function joined(first: string, ...rest: readonly string[]): string {
  return [first, ...rest].filter((part) => part !== '').join(' · ')
}

/** Where the record stands, so that it can be found with any editor. */
export function place({ position }: CitedEvent): string {
  const member = position.member === null ? '' : ` › ${position.member}`
  return `${position.file}${member}, line ${position.line}, byte ${position.offset}, ${position.length} bytes`
}

function linkCard(link: ModelLink): LinkCard {
  const target = link.span ?? (link.spanId === null ? 'trace' : `span ${link.spanId}`)
  const rivals = link.rivals === 0 ? 'no rival' : counted(link.rivals, 'rival')
  const margin = link.margin === null ? '' : `, ${link.margin} ahead of the next`
  const verdict = link.verdict === null ? '' : `; ${link.verdict} by the analyst`
  return {
    level: link.level,
    title: target,
    detail: `trace ${link.traceId ?? 'unknown'}; by ${link.method}; score ${link.score}${margin}; ${rivals}${verdict}`,
    evidence: link.evidence.map((item) => item.text),
  }
}

function traceValues(trace: ModelTrace, time: PrintTime): Value[] {
  const { failing } = trace
  return [
    { label: 'Trace', value: trace.traceId, mono: true },
    ...value('Began', `${time(trace.firstTs)}, took ${duration(trace.durationNs)}`),
    ...value(
      'Spans',
      `${counted(trace.spanCount, 'span')}, ${trace.errorCount === 0 ? 'none' : trace.errorCount} with an error`,
    ),
    ...value('Services', trace.services.join(' → ')),
    ...value('Root', trace.roots.length === 0 ? 'not in the case' : trace.roots.join(', ')),
    ...value(
      'Failed first',
      failing === null ? '' : joined(failing.service ?? '', failing.name, failing.message ?? ''),
    ),
  ]
}
