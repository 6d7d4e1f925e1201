/** Proposes a mapping from sampled records: by the names of their fields and by what the values look like. */
import type { MappingDraft, MappingSuggestion } from '../../contract/mapping'
import { actorColumns, type MappingRule, type MappingTime } from '../../contract/mappingFile'
import { type Field, fieldsOf } from './fields'
import { type Hint, hints } from './hints'
import { outcomeOfField } from './outcomeWords'
import type { Sample } from './sample'
import { dateAndTime, joined, proposeTimeFormat } from './timeProposal'

type Reason = MappingSuggestion['reasons'][number]

const shownValues = 20
const shownLength = 200
const previewRecords = 8
/** From this on a field is proposed for a column. */
const enough = 0.5

export function suggestMapping(sample: Sample, name: string): MappingSuggestion {
  const fields = fieldsOf(sample)
  const proposal = new Proposal(sample, fields)
  return {
    carrier: sample.carrier,
    member: sample.member,
    delimiter: sample.delimiter,
    recordsPath: sample.recordsPath,
    records: sample.records.length,
    truncated: sample.truncated,
    fields: fields.map(({ place, filled, distinct, values, shapes }) => ({
      place,
      filled,
      distinct,
      values: [...values]
        .sort((a, b) => b[1] - a[1])
        .slice(0, shownValues)
        .map(([value, count]) => ({ value: value.slice(0, shownLength).toWellFormed(), count })),
      shapes: [...shapes],
    })),
    preview: sample.records.slice(0, previewRecords).map(({ line }, record) => ({
      line,
      cells: fields.map(({ texts }) => texts[record]?.slice(0, shownLength).toWellFormed() ?? null),
    })),
    draft: proposal.draft(name),
    reasons: proposal.reasons,
    warnings: proposal.warnings,
  }
}

class Proposal {
  readonly reasons: Reason[] = []
  readonly warnings: string[] = []
  readonly #sample: Sample
  readonly #fields: readonly Field[]
  readonly #columns: Record<string, MappingRule> = {}
  #time: MappingTime | undefined
  #id: { path?: string; column?: string } | undefined

  constructor(sample: Sample, fields: readonly Field[]) {
    this.#sample = sample
    this.#fields = fields
    const taken = new Set<Field>()
    for (const hint of hints) {
      const best = bestOf(
        fields.filter((field) => field.filled > 0 && !taken.has(field)),
        hint,
        sample.records.length,
      )
      if (best === undefined) continue
      if (hint.target === 'actor_id' && Object.hasOwn(this.#columns, 'actor_name') && best.score < 0.8) continue
      taken.add(best.field)
      this.#take(hint.target, best.field, best.reason)
    }
    if (this.#time === undefined) this.#takeDateAndTime(fields)
    this.#warn()
  }

  draft(name: string): MappingDraft {
    const { recordsPath } = this.#sample
    const isCsv = this.#sample.carrier === 'csv'
    const required = ['action', ...actorColumns]
    // A header is the same in each file; a record of JSON may lack what is optional, and is of the same kind.
    const used = [
      ...(this.#time?.parts ?? [this.#time]).map((place) => place?.column ?? place?.path),
      ...Object.entries(this.#columns)
        .filter(([column]) => isCsv || required.includes(column))
        .map(([, { path, column }]) => column ?? path),
    ]
    const always = this.#fields.filter(
      ({ place, filled }) => used.includes(place) && (isCsv || filled === this.#sample.records.length),
    )
    return {
      version: 1,
      name,
      ...(always.length === 0 ? {} : { match: { has: always.map(({ place }) => place) } }),
      ...(recordsPath === null ? {} : { records: recordsPath }),
      ...(this.#time === undefined ? {} : { time: this.#time }),
      columns: this.#columns,
      ...(this.#id === undefined ? {} : { id: this.#id }),
    }
  }

  #place({ place }: Field): { path?: string; column?: string } {
    return this.#sample.carrier === 'csv' ? { column: place } : { path: place }
  }

  #take(target: Hint['target'], field: Field, reason: string): void {
    if (target === 'time') {
      this.#takeTime(this.#place(field), [...field.values.keys()], field.place, reason)
      return
    }
    this.reasons.push({ target, place: field.place, reason })
    if (target === 'id') this.#id = this.#place(field)
    else if (target === 'outcome') this.#columns.outcome = { ...this.#place(field), values: this.#outcomes(field) }
    else this.#columns[target] = this.#place(field)
  }

  #outcomes(field: Field): Record<string, string> {
    const table: [string, string][] = []
    for (const value of [...field.values.keys()].slice(0, 100)) {
      const outcome = outcomeOfField(field.place, value)
      if (outcome !== undefined) table.push([value, outcome])
      else
        this.warnings.push(`“${value.slice(0, 60)}” at ${field.place} is no outcome that is known: say what it means.`)
    }
    return Object.fromEntries(table)
  }

  #takeDateAndTime(fields: readonly Field[]): void {
    const pair = dateAndTime(fields)
    if (pair === undefined) return
    const [date, timeOfDay] = pair
    const place = { parts: [this.#place(date), this.#place(timeOfDay)] }
    this.#takeTime(place, joined(pair), `${date.place} + ${timeOfDay.place}`, 'a date and a time of day')
  }

  #takeTime(place: Omit<MappingTime, 'format'>, values: readonly string[], label: string, reason: string): void {
    const proposal = proposeTimeFormat(values.map((value) => value.trim()))
    if (proposal === undefined) {
      this.#time = { ...place, format: 'auto' }
      this.warnings.push(`The times at ${label} are written in no known way: give their format.`)
    } else {
      const zone = proposal.zoneless ? { zone: 'UTC' } : {}
      this.#time = { ...place, format: proposal.format, ...zone }
      if (proposal.warning !== undefined) this.warnings.push(proposal.warning)
      if (proposal.zoneless)
        this.warnings.push('The times name no zone; UTC is proposed. Change it where it was another.')
    }
    this.reasons.push({ target: 'time', place: label, reason: `${reason}; ${proposal?.reason ?? 'format unknown'}` })
  }

  #warn(): void {
    if (this.#time === undefined) this.warnings.push('No field looks like a time: name one.')
    if (!actorColumns.some((name) => Object.hasOwn(this.#columns, name)))
      this.warnings.push('No field looks like an actor: name who acted.')
    if (!Object.hasOwn(this.#columns, 'action'))
      this.warnings.push('No field looks like an action: name what was done.')
    if (!Object.hasOwn(this.#columns, 'outcome') && !Object.hasOwn(this.#columns, 'http_status'))
      this.warnings.push('No field looks like an outcome; it will be “unknown”.')
  }
}

interface Scored {
  readonly field: Field
  readonly score: number
  readonly reason: string
}

function bestOf(fields: readonly Field[], hint: Hint, records: number): Scored | undefined {
  let best: Scored | undefined
  for (const field of fields) {
    const scored = scoreOf(field, hint, records)
    if (scored !== undefined && scored.score >= enough && (best === undefined || scored.score > best.score))
      best = scored
  }
  return best
}

/** Name first, shape second, how often it is filled last; a shape that must be there decides over a name. */
function scoreOf(field: Field, hint: Hint, records: number): Scored | undefined {
  const has = (shape: string) => field.shapes.some((own) => own === shape)
  if (hint.needs !== undefined && !hint.needs.some(has)) return undefined
  if (hint.not?.some(has) === true) return undefined
  // One value for all is no id, and an id is not shared.
  if (hint.target === 'id' && (field.distinct < field.filled || field.filled < records)) return undefined
  if (isElsewhere(field.place, hint)) return undefined
  const named = nameScore(field.place, hint)
  const telling = hint.tells?.find(has)
  if (named === 0 && telling === undefined) return undefined
  if (hint.target === 'action' && field.distinct > Math.max(50, field.filled * 0.8) && named < 0.7) return undefined
  const share = field.filled / Math.max(1, records)
  // Looks alone count only as far as the field is there; a name counts also where a field is optional.
  const score = named * (0.8 + 0.2 * share) + (telling === undefined ? 0 : 0.55 * share)
  const reasons = [
    ...(named > 0 ? [`its name says ${hint.target.replaceAll('_', ' ')}`] : []),
    ...(telling !== undefined ? [`its values look like ${shapeWords[telling] ?? telling}`] : []),
  ]
  return { field, score, reason: `${reasons.join(' and ')}; filled in ${field.filled} of ${records}` }
}

const shapeWords: Readonly<Record<string, string>> = {
  email: 'e-mail addresses',
  address: 'IP addresses',
  rfc3339: 'RFC 3339 times',
  epoch: 'seconds (or parts of them) since 1970',
  'written-time': 'times',
  'trace-id': 'trace ids',
  'http-method': 'HTTP methods',
  'user-agent': 'user agents',
  'outcome-word': 'outcomes',
  verb: 'operations',
}

/** `user.name` is looked up as `name` would not say much: the last word, and the last two together. */
function nameScore(place: string, { names }: Hint): number {
  const parts = place
    .split(/[.[\]"]+/)
    .map(plain)
    .filter((part) => part !== '')
  const last = parts.at(-1) ?? ''
  const candidates = [last, `${parts.at(-2) ?? ''}${last}`]
  let best = 0
  for (const [index, name] of names.entries()) {
    const rank = 1 - index * 0.015
    if (candidates.includes(name)) best = Math.max(best, 0.8 * rank)
    else if (name.length > 4 && last.endsWith(name)) best = Math.max(best, 0.55 * rank)
  }
  // A field of its own at the top is more often meant than one deep inside.
  return best === 0 ? 0 : best - Math.min(0.1, (parts.length - 1) * 0.02)
}

const otherThings = /(?:^|[._[\]"])(?:target|resource|object|entity|metadata|device|client|destination|dst)\w*[._[\]"]/i

/** `target.name` is no name of an actor, `metadata.uid` no id of one. */
function isElsewhere(place: string, { target }: Hint): boolean {
  return target.startsWith('actor_') && otherThings.test(place)
}

function plain(part: string): string {
  return part.toLowerCase().replace(/[^a-z0-9]/g, '')
}
