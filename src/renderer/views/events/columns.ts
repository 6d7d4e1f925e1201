import type { EventRow, FieldInfo } from '../../../contract/events'
import type { ColumnChoice } from '../../state/layout'

export interface EventColumn {
  readonly id: string
  readonly title: string
  /** The first of these that the row has is shown; all are asked for. */
  readonly fields: readonly string[]
  readonly widthPx: number
  readonly kind: 'time' | 'outcome' | 'text' | 'number' | 'marks'
  /** Keeps its width where others shrink: an address that is cut tells nothing. */
  readonly firm?: true
}

export const standardColumns: readonly EventColumn[] = [
  { id: 'marks', title: 'Marks', fields: [], widthPx: 62, kind: 'marks' },
  { id: 'time', title: 'Time', fields: ['ts'], widthPx: 178, kind: 'time' },
  { id: 'outcome', title: 'Outcome', fields: ['outcome'], widthPx: 94, kind: 'outcome' },
  {
    id: 'actor',
    title: 'Actor',
    fields: ['actor_name', 'actor_email', 'actor_id', 'actor_key'],
    widthPx: 150,
    kind: 'text',
  },
  { id: 'action', title: 'Action', fields: ['action'], widthPx: 150, kind: 'text' },
  { id: 'service', title: 'Service', fields: ['service'], widthPx: 120, kind: 'text' },
  { id: 'resource', title: 'Resource', fields: ['resource_name', 'resource_key'], widthPx: 190, kind: 'text' },
  { id: 'address', title: 'Address', fields: ['src_ip', 'src_host'], widthPx: 112, kind: 'text', firm: true },
  { id: 'source', title: 'Source', fields: ['source'], widthPx: 80, kind: 'text' },
]

/** The standard columns, then every other field of the engine under its own name. */
export function availableColumns(fields: readonly FieldInfo[]): readonly EventColumn[] {
  const standard = new Set(standardColumns.map((column) => column.id))
  const others = fields
    .filter((field) => /^[a-z][a-z0-9_]*$/.test(field.column) && !standard.has(field.column) && field.column !== 'ts')
    .map(
      (field): EventColumn => ({
        id: field.column,
        title: field.column.replaceAll('_', ' '),
        fields: [field.column],
        widthPx: 130,
        kind: field.type === 'number' ? 'number' : 'text',
      }),
    )
  const seen = new Set<string>()
  return [...standardColumns, ...others].filter(({ id }) => !seen.has(id) && seen.add(id))
}

export interface PlacedColumn extends EventColumn {
  readonly shownPx: number
}

/** The chosen columns that exist, in the chosen order and width; the standard ones where nothing was chosen. */
export function placeColumns(
  available: readonly EventColumn[],
  chosen: readonly ColumnChoice[] | null,
): readonly PlacedColumn[] {
  if (chosen === null) return standardColumns.map((column) => ({ ...column, shownPx: column.widthPx }))
  const byId = new Map(available.map((column) => [column.id, column]))
  return chosen.flatMap(({ id, widthPx }) => {
    const column = byId.get(id)
    return column === undefined ? [] : [{ ...column, shownPx: widthPx }]
  })
}

/** Fields to ask the engine for. `trace_id` marks rows that name their trace themselves. */
export function askedFields(columns: readonly EventColumn[]): readonly string[] {
  return [...new Set([...columns.flatMap((column) => column.fields), 'trace_id', 'ts_precision'])]
}

/** Text of a cell; empty where the row has none of the fields. Lists are joined, structures shown as JSON. */
export function cellText(row: EventRow, column: Pick<EventColumn, 'fields'>): string {
  for (const field of column.fields) {
    const text = valueText(row[field])
    if (text !== '') return text
  }
  return ''
}

/** The field that `cellText` takes its text from. */
export function cellField(row: EventRow, column: Pick<EventColumn, 'fields'>): string | undefined {
  return column.fields.find((field) => valueText(row[field]) !== '')
}

export function valueText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.map(String).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/**
 * CSS grid template. Widths that nobody chose share what is there, text columns down to a part of their width, so that
 * no column is cut off at the right; chosen widths are exact, and the widest text column takes what is left.
 */
export function gridTemplate(columns: readonly PlacedColumn[], chosen: boolean): string {
  const texts = columns.filter((column) => column.kind === 'text' && column.firm !== true)
  const widest = texts.reduce<PlacedColumn | undefined>(
    (best, column) => (best === undefined || column.shownPx > best.shownPx ? column : best),
    undefined,
  )
  return columns
    .map((column) => {
      if (column.kind !== 'text' || column.firm === true) return `${column.shownPx}px`
      if (!chosen) return `minmax(${Math.round(column.shownPx * SHRINK)}px, ${column.shownPx}fr)`
      return column === widest ? `minmax(${column.shownPx}px, 1fr)` : `${column.shownPx}px`
    })
    .join(' ')
}

const SHRINK = 0.5
