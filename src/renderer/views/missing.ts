import type { ViewDefinition } from './view'

/** Why a view has nothing to show in a case with these row counts, and what would change it; null where it has. */
export function missingFor(
  needs: ViewDefinition['needs'],
  tables: Readonly<Record<string, number | undefined>>,
): string | null {
  const noEvents = (tables.access_event ?? 0) === 0
  const noSpans = (tables.span ?? 0) === 0
  switch (needs) {
    case undefined:
      return null
    case 'events':
      return noEvents ? 'No access events in this case: import audit logs.' : null
    case 'traces':
      return noSpans ? 'No traces in this case: import spans.' : null
    case 'events and traces':
      if (noEvents && noSpans) return 'No access events and no traces in this case: import both.'
      if (noEvents) return 'No access events in this case to compare traces with: import audit logs.'
      return noSpans ? 'No traces in this case to compare access events with: import spans.' : null
  }
}
