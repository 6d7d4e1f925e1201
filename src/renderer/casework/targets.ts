/** What the analyst has selected, as the target of a mark, a note or a piece of evidence. */
import type { NoteTarget } from '../../contract/notes'
import type { SelectionState } from '../state/selection'

type Picked = Pick<SelectionState, 'focus' | 'eventId' | 'traceId' | 'spanId' | 'nodeId' | 'edge' | 'chosen'>

/** Several events where several are chosen in the table, else the one thing that was picked last; none without it. */
export function selectedTargets(state: Picked): readonly NoteTarget[] {
  if (state.focus === 'event' && state.chosen.size > 0) return [...state.chosen].map((id) => ({ kind: 'event', id }))
  const one = pickedTarget(state)
  return one === undefined ? [] : [one]
}

function pickedTarget({ focus, eventId, traceId, spanId, nodeId, edge }: Picked): NoteTarget | undefined {
  switch (focus) {
    case 'event':
      return eventId === null ? undefined : { kind: 'event', id: eventId }
    case 'trace':
      return traceId === null ? undefined : { kind: 'trace', id: traceId }
    case 'span':
      return traceId === null || spanId === null ? undefined : { kind: 'span', id: `${traceId}/${spanId}` }
    case 'node':
      return nodeId === null ? undefined : { kind: 'node', id: nodeId }
    case 'edge':
      return edge === null ? undefined : { kind: 'edge', id: JSON.stringify([edge.source, edge.target]) }
    case null:
      return undefined
  }
}

/** The id that the history of a mark is kept under. */
export function targetKey({ kind, id }: NoteTarget): string {
  return `${kind} ${id}`
}

export const targetNames: Readonly<Record<NoteTarget['kind'], string>> = {
  event: 'Event',
  span: 'Span',
  link: 'Link',
  trace: 'Trace',
  node: 'Node',
  edge: 'Edge',
  time: 'Time range',
  actor: 'Actor',
  address: 'Address',
  resource: 'Resource',
  case: 'Case',
}

/** The two ends of an edge, for people. */
export function edgeText(id: string): string {
  return edgeEnds(id)?.join(' → ') ?? id
}

export function edgeEnds(id: string): readonly [string, string] | undefined {
  try {
    const parsed: unknown = JSON.parse(id)
    if (!Array.isArray(parsed)) return undefined
    const [source, target]: readonly unknown[] = parsed
    return typeof source === 'string' && typeof target === 'string' ? [source, target] : undefined
  } catch {
    return undefined
  }
}
