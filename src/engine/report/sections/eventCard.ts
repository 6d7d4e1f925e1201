/** One cited event: short within a story that somebody tells, or with everything where the events are the story. */
import type { EventCard, LinkCard } from '../../../contract/reportBlocks'
import type { CitedEvent, ModelLink } from '../model'
import { cellText, outcomeTone, outcomeWord } from '../words'
import { noteCard } from './notes'
import type { Print } from './section'
import { traceValues } from './traceValues'
import { joined, value } from './values'

/** About a third of a page of text. */
const wholeCharacters = 1_800

export function eventCard(event: CitedEvent, number: number, print: Print, extent: 'short' | 'whole'): EventCard {
  const card = describe(event, number, print, extent)
  return { ...card, whole: JSON.stringify(card).length < wholeCharacters + 40 * card.values.length }
}

function describe(
  event: CitedEvent,
  number: number,
  print: Print,
  extent: 'short' | 'whole',
): Omit<EventCard, 'whole'> {
  const { say, label } = print
  const field = fieldOf(event)
  const outcome = field('outcome')
  const whole = extent === 'whole'
  const [link] = event.links
  const tie =
    link === undefined || link.verdict === 'rejected'
      ? ''
      : joined(label(link.level), link.span ?? `${say('Trace')} ${link.traceId ?? ''}`)
  return {
    kind: 'event',
    number,
    time: print.time(event.ts),
    headline: field('action') || field('class') || say('Event'),
    outcome: label(outcomeWord(outcome)),
    tone: outcomeTone(outcome),
    values: [
      ...value(say('Who'), joined(actorOf(event), field('actor_type'))),
      ...value(say('Acting as'), field('effective_name') || field('effective_id')),
      ...value(say('From'), joined(field('src_ip'), field('src_country'), field('src_as_org'))),
      ...value(say('With'), whole ? field('user_agent') : ''),
      ...value(say('What'), whole ? joined(field('service'), field('permission')) : ''),
      ...value(say('On'), field('resource_key') || field('resource_name')),
      ...value(say('Statement'), field('db_statement'), true),
      ...value(say('Rows'), field('db_rows')),
      ...value(say('Why refused'), joined(field('outcome_code'), field('outcome_reason'))),
      ...value(say('Policy'), joined(field('policy'), field('policy_type'), field('policy_effect'))),
      ...value(say('Reason stated'), joined(field('reason'), field('ticket_ids'))),
      ...(whole ? [] : value(say('Crossed with'), tie)),
      ...value(say('Record'), place(event, print)),
      ...value(say('Event id'), event.eventId),
    ],
    notes: event.notes.map((note) => noteCard(note, print)),
    linksTitle: say('Crossed with'),
    links: whole ? event.links.map((item) => linkCard(item, print)) : [],
    linksMore:
      whole && event.linksLeftOut > 0
        ? say('{count} weaker links are not printed.', { count: event.linksLeftOut })
        : null,
    traceTitle: say('Its trace'),
    trace: whole && event.trace !== null ? traceValues(event.trace, print) : [],
  }
}

export function fieldOf(event: CitedEvent): (name: string) => string {
  return (name) => cellText(Object.hasOwn(event.fields, name) ? event.fields[name] : undefined)
}

export function actorOf(event: CitedEvent): string {
  const field = fieldOf(event)
  return field('actor_name') || field('actor_email') || field('actor_id') || field('actor_key')
}

/** Where the record stands, so that it can be found with any editor. */
export function place({ position }: CitedEvent, { say }: Print): string {
  const member = position.member === null ? '' : ` › ${position.member}`
  return `${position.file}${member}, ${say('line {line}, byte {offset}, {length} bytes', {
    line: position.line,
    offset: position.offset,
    length: position.length,
  })}`
}

function linkCard(link: ModelLink, { say, label }: Print): LinkCard {
  const parts = [
    `${say('Trace')} ${link.traceId ?? say('unknown')}`,
    say('by {method}', { method: link.method }),
    say('score {score}', { score: link.score }),
    ...(link.margin === null ? [] : [say('{margin} ahead of the next', { margin: link.margin })]),
    say('rivals: {count}', { count: link.rivals }),
    ...(link.verdict === null ? [] : [say('{verdict} by the analyst', { verdict: label(link.verdict) })]),
  ]
  return {
    level: label(link.level),
    title: link.span ?? (link.spanId === null ? say('Trace') : `${say('Span')} ${link.spanId}`),
    detail: parts.join('; '),
    evidence: link.evidence.map((item) => item.text),
  }
}
