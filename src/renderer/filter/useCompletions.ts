import { useMemo } from 'react'
import { quoteValue } from '../state/filterText'
import { useEngineQuery } from '../state/useEngineQuery'
import type { CompletionPoint } from './completion'

export interface Completion {
  readonly insert: string
  readonly label: string
  /** Field description, or how often the value occurs. */
  readonly detail: string
}

const MAX_SHOWN = 12

/** Fields by name and alias, or known values of a field, most frequent first. */
export function useCompletions(point: CompletionPoint | undefined): readonly Completion[] {
  const fields = useEngineQuery('fields.list', {}, { enabled: point !== undefined })
  const known =
    point?.kind === 'value' &&
    (fields.data ?? []).some(({ name, aliases }) => name === point.field || aliases.includes(point.field))
  const values = useEngineQuery(
    'fields.values',
    { field: point?.kind === 'value' ? point.field : '', prefix: point?.prefix ?? '', limit: MAX_SHOWN },
    { enabled: known, keepPrevious: true },
  )
  return useMemo(() => {
    if (point === undefined) return []
    if (point.kind === 'value') {
      return (values.isError ? [] : (values.data ?? [])).flatMap(({ value, count }) =>
        typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
          ? [{ insert: quoteValue(String(value)), label: String(value), detail: String(count) }]
          : [],
      )
    }
    const prefix = point.prefix.toLowerCase()
    return (fields.data ?? [])
      .flatMap((field) =>
        [field.name, ...field.aliases].map((name) => ({
          name,
          alias: name !== field.name,
          description: field.description,
        })),
      )
      .filter(({ name }) => name.toLowerCase().startsWith(prefix))
      .sort((a, b) => Number(a.alias) - Number(b.alias) || a.name.length - b.name.length)
      .slice(0, MAX_SHOWN)
      .map(({ name, description }) => ({ insert: name, label: name, detail: description }))
  }, [point, fields.data, values.data, values.isError])
}
