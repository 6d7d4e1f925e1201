/** A mapping file as code. Every fault of the file is found here, before a record is read. */
import { AppError } from '../../../common/errors'
import { isMappedColumn, type MappedColumn, type MappingFile, placesOf } from '../../../contract/mappingFile'
import type { EpochUnit } from './epoch'
import { type Path, parsePath } from './path'
import { compilePlace, type Place, plainText, type View } from './place'
import { compileRule, type Rule } from './rule'
import { compileTime, type TimeReader } from './time'

export interface CompiledColumn {
  readonly name: MappedColumn
  readonly rule: Rule
}

export interface CompiledMapping {
  readonly name: string
  /** In keys of actors and resources. */
  readonly system: string
  readonly carrier: 'csv' | 'json'
  readonly time: {
    readonly label: string
    readonly kind: 'start' | 'end' | 'logged'
    text(view: View): string | undefined
    read: TimeReader
  }
  readonly columns: readonly CompiledColumn[]
  readonly correlations: readonly { readonly kind: string; readonly rule: Rule }[]
  readonly durationUnit: EpochUnit
  readonly id: Rule | undefined
  /** The path to the records of a JSON document, with `*` for "every element". */
  readonly records: readonly string[] | undefined
  readonly match: {
    /** True: the file says how it is known, so nothing else counts. */
    readonly stated: boolean
    readonly has: readonly Place[]
    readonly equals: readonly { readonly place: Place; readonly text: string }[]
  }
  /** Columns of CSV that must stand in the header. */
  readonly header: readonly string[]
}

export interface MappingProblem {
  /** Where in the mapping file. */
  readonly path: readonly string[]
  readonly reason: string
}

/** The mapping, or everything that is wrong with it. */
export function tryCompile(mapping: MappingFile): CompiledMapping | { readonly problems: readonly MappingProblem[] } {
  const problems: MappingProblem[] = []
  const check = <T extends object>(
    path: readonly string[],
    result: T | { readonly problem: string },
  ): T | undefined => {
    if (!('problem' in result)) return result
    problems.push({ path, reason: result.problem })
    return undefined
  }
  const named = placesOf(mapping)
  const carrier = named.some(({ place }) => place.column !== undefined) ? 'csv' : 'json'
  const matchPlace = (text: string) => compilePlace(carrier === 'csv' ? { column: text } : { path: text })

  const time = compileTimeRule(mapping, check)
  const columns: CompiledColumn[] = []
  const correlations: { kind: string; rule: Rule }[] = []
  for (const [name, file] of Object.entries(mapping.columns)) {
    const rule = check(['columns', name], compileRule(file))
    if (rule === undefined) continue
    if (isMappedColumn(name)) columns.push({ name, rule })
    else correlations.push({ kind: name.slice(name.indexOf('.') + 1), rule })
  }
  const id = mapping.id === undefined ? undefined : check(['id'], compileRule(mapping.id))
  const records = mapping.records === undefined ? undefined : check(['records'], recordsPath(mapping.records))
  const has = (mapping.match?.has ?? []).flatMap(
    (text, at) => check(['match', 'has', String(at)], matchPlace(text)) ?? [],
  )
  const equals = Object.entries(mapping.match?.equals ?? {}).flatMap(([text, value]) => {
    const place = check(['match', 'equals', text], matchPlace(text))
    return place === undefined ? [] : [{ place, text: value }]
  })
  if (time === undefined || problems.length > 0) return { problems }
  return {
    name: mapping.name,
    system: mapping.system ?? mapping.name,
    carrier,
    time,
    columns,
    correlations,
    durationUnit: mapping.columns.duration_us?.unit ?? 'us',
    id,
    records: records?.steps,
    match: { stated: has.length + equals.length > 0, has, equals },
    header: headerOf(mapping, named),
  }
}

/** Errors: `usage`, with the first fault. For mappings that were checked when they were read. */
export function compileMapping(mapping: MappingFile): CompiledMapping {
  const compiled = tryCompile(mapping)
  if (!('problems' in compiled)) return compiled
  const first = compiled.problems[0]
  throw new AppError('usage', `The mapping “${mapping.name}”: ${first?.path.join('.')}: ${first?.reason}.`)
}

type Check = <T extends object>(path: readonly string[], result: T | { readonly problem: string }) => T | undefined

function compileTimeRule({ time }: MappingFile, check: Check): CompiledMapping['time'] | undefined {
  const read = check(['time'], compileTime(time.format, time.zone))
  const kind = time.kind ?? 'logged'
  if (time.parts === undefined) {
    const rule = check(['time'], compileRule(time))
    if (rule === undefined || read === undefined) return undefined
    return { label: rule.label, kind, text: (view) => rule.find(view).source, read }
  }
  const parts = time.parts.map((part, at) => check(['time', 'parts', String(at)], compilePlace(part)))
  const places = parts.filter((part) => part !== undefined)
  if (places.length < parts.length || read === undefined) return undefined
  return {
    label: places.map(({ label }) => label).join(' + '),
    kind,
    text(view) {
      const texts = places.map((place) => plainText(place.read(view)))
      return texts.includes(undefined) ? undefined : texts.join(' ')
    },
    read,
  }
}

/** `*` stands at the end, whether it was written or not. */
function recordsPath(text: string): Path | { readonly problem: string } {
  const path = parsePath(text)
  if ('problem' in path) return path
  if (path.steps.some((step) => /^\d+$/.test(step)))
    return { problem: 'an array of records is named with [*] or without an index' }
  return { text, steps: path.steps.at(-1) === '*' ? path.steps : [...path.steps, '*'] }
}

/** What a header must hold: what is required, or what `match` says. */
function headerOf(mapping: MappingFile, named: ReturnType<typeof placesOf>): readonly string[] {
  const { has = [], equals = {} } = mapping.match ?? {}
  const stated = [...has, ...Object.keys(equals)]
  if (stated.length > 0) return [...new Set(stated)]
  return [...new Set(named.flatMap(({ place }) => place.column ?? []))]
}
