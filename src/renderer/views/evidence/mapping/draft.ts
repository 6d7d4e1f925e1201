/** A mapping while it is being made. Pure: the assistant holds one and replaces it with each act of the analyst. */
import type { MappingDraft, MappingSuggestion } from '../../../../contract/mapping'
import {
  actorColumns,
  type MappedColumn,
  MappingFile,
  type MappingRule,
  type MappingTime,
  mappedColumns,
} from '../../../../contract/mappingFile'

export type Carrier = MappingSuggestion['carrier']

/** The place of a rule as the assistant shows it; empty where there is none, or where it is more than one place. */
export function placeText(
  rule: { readonly path?: string | undefined; readonly column?: string | undefined } | undefined,
): string {
  if (rule?.column !== undefined && rule.path !== undefined) return `${rule.column} → ${rule.path}`
  return rule?.column ?? rule?.path ?? ''
}

function placed<T extends { path?: string | undefined; column?: string | undefined }>(
  rule: T,
  carrier: Carrier,
  place: string,
): T {
  const { path: _path, column: _column, ...rest } = rule
  const where = place === '' ? {} : carrier === 'csv' ? { column: place } : { path: place }
  return { ...rule, path: undefined, column: undefined, ...rest, ...where }
}

export function setTimePlace(draft: MappingDraft, carrier: Carrier, place: string): MappingDraft {
  const { parts: _parts, ...time }: MappingTime = draft.time ?? { format: 'auto' }
  return { ...draft, time: placed(time, carrier, place) }
}

export function setTime(draft: MappingDraft, change: Partial<MappingTime>): MappingDraft {
  return { ...draft, time: { ...(draft.time ?? { format: 'auto' }), ...change } }
}

/** Another place has other values, so a table of values does not go along. */
export function setPlace(draft: MappingDraft, carrier: Carrier, column: string, place: string): MappingDraft {
  const { values: _values, ...rule }: MappingRule = draft.columns[column] ?? {}
  return setRule(draft, column, placed(rule, carrier, place))
}

export function changeRule(draft: MappingDraft, column: string, change: Partial<MappingRule>): MappingDraft {
  return setRule(draft, column, { ...draft.columns[column], ...change })
}

function setRule(draft: MappingDraft, column: string, rule: MappingRule): MappingDraft {
  return { ...draft, columns: { ...draft.columns, [column]: rule } }
}

export function removeColumn(draft: MappingDraft, column: string): MappingDraft {
  const { [column]: _removed, ...columns } = draft.columns
  return { ...draft, columns }
}

/** Empty meaning: the value is not in the table. */
export function setMeaning(draft: MappingDraft, column: string, value: string, meaning: string): MappingDraft {
  const table = Object.entries(draft.columns[column]?.values ?? {}).filter(([known]) => known !== value)
  const values = Object.fromEntries(meaning === '' ? table : [...table, [value, meaning]])
  return changeRule(draft, column, { values: Object.keys(values).length === 0 ? undefined : values })
}

/** Columns that can still be added, in the order of the table. */
export function freeColumns(draft: MappingDraft): readonly MappedColumn[] {
  return mappedColumns.filter((name) => !Object.hasOwn(draft.columns, name))
}

export type Checked =
  | { readonly mapping: MappingFile; readonly problems?: undefined }
  | { readonly mapping?: undefined; readonly problems: readonly string[] }

/**
 * How files of this kind are known again: CSV by the columns that are read, JSON by the fields of time, action and
 * actor that every sampled record has.
 */
function matchOf(draft: MappingDraft, { carrier, fields, records }: MappingSuggestion): MappingDraft['match'] {
  const required: readonly string[] = ['action', ...actorColumns]
  const rules = Object.entries(draft.columns).filter(([name]) => carrier === 'csv' || required.includes(name))
  const used = new Set([...(draft.time?.parts ?? [draft.time]), ...rules.map(([, rule]) => rule)].map(placeText))
  const always = fields.filter(({ place, filled }) => used.has(place) && (carrier === 'csv' || filled === records))
  return always.length === 0 ? undefined : { has: always.map(({ place }) => place) }
}

/** The mapping file of a draft, or what it still lacks, in sentences. */
export function checkDraft(draft: MappingDraft, suggestion: MappingSuggestion): Checked {
  const stated = draft.match?.equals === undefined ? matchOf(draft, suggestion) : draft.match
  // Through JSON, so that what is undefined is not there at all.
  const parsed = MappingFile.safeParse(JSON.parse(JSON.stringify({ ...draft, match: stated })))
  if (parsed.success) return { mapping: parsed.data }
  if (draft.time === undefined || (placeText(draft.time) === '' && draft.time.parts === undefined))
    return { problems: ['Choose the field of the time.', ...issues(parsed.error.issues, ['time'])] }
  return { problems: issues(parsed.error.issues, []) }
}

function issues(
  found: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[],
  without: readonly string[],
): string[] {
  return found
    .filter(({ path }) => !without.includes(String(path[0])))
    .map(({ path, message }) => {
      const where = path[0] === 'columns' && path.length > 1 ? `${String(path[1])}: ` : ''
      return `${where}${message.charAt(0).toUpperCase()}${message.slice(1)}.`
    })
}
