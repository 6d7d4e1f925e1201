/**
 * Where the steps of a path to a denial stand: who came in at the left, what was changed in the middle, the request at
 * the right; all three run into the refusal below. Pixels from the top left; pure.
 */
import type { PathStep } from '../../../contract/analyses'

export interface PlacedStep {
  /** Place in the list of steps. */
  readonly index: number
  readonly column: 'who' | 'change' | 'request' | 'refusal'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface PathEdge {
  readonly from: number
  readonly to: number
  /** Something between the two is not in the case. */
  readonly broken: boolean
  readonly source: readonly [number, number]
  readonly target: readonly [number, number]
}

export interface DenialLayout {
  readonly steps: readonly PlacedStep[]
  readonly edges: readonly PathEdge[]
  readonly heightPx: number
}

export const STEP_PX = 48
const GAP_PX = 22
const BETWEEN_PX = 16

type Step = Pick<PathStep, 'kind'>

/** Steps that are missing belong to who came in as long as the session has not come. */
export function columnsOf(steps: readonly Step[]): readonly PlacedStep['column'][] {
  const session = steps.findIndex(({ kind }) => kind === 'session')
  return steps.map(({ kind }, index) => {
    if (kind === 'denial') return 'refusal'
    if (kind === 'change') return 'change'
    if (kind === 'span') return 'request'
    return kind === 'missing' && index > session ? 'request' : 'who'
  })
}

export function layoutDenial(steps: readonly Step[], widthPx: number): DenialLayout {
  const columns = columnsOf(steps)
  const order = (['who', 'change', 'request'] as const).filter((column) => columns.includes(column))
  const width = Math.max(80, (widthPx - BETWEEN_PX * (order.length - 1)) / Math.max(1, order.length))
  const rows = Math.max(1, ...order.map((column) => columns.filter((own) => own === column).length))
  const bottom = rows * (STEP_PX + GAP_PX)
  const placed = steps.map((_, index): PlacedStep => {
    const column = columns[index] ?? 'who'
    if (column === 'refusal') return { index, column, x: 0, y: bottom, width: widthPx, height: STEP_PX }
    const own = columns.filter((other) => other === column).length
    const before = columns.slice(0, index).filter((other) => other === column).length
    // The last step of each column stands right above the refusal.
    const y = (rows - own + before) * (STEP_PX + GAP_PX)
    return { index, column, x: order.indexOf(column) * (width + BETWEEN_PX), y, width, height: STEP_PX }
  })
  const refusal = placed.find(({ column }) => column === 'refusal')
  const edges = placed.flatMap((step): PathEdge[] => {
    if (step.column === 'refusal') return []
    const next = placed.find((other) => other.column === step.column && other.index > step.index) ?? refusal
    if (next === undefined) return []
    const middle = step.x + step.width / 2
    return [
      {
        from: step.index,
        to: next.index,
        broken: steps[step.index]?.kind === 'missing' || steps[next.index]?.kind === 'missing',
        source: [middle, step.y + step.height],
        target: [middle, next.y],
      },
    ]
  })
  return { steps: placed, edges, heightPx: bottom + STEP_PX }
}
