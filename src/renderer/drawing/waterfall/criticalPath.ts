/**
 * The critical path: the pieces of spans that the trace's duration is made of. From the end of the root backwards, at
 * each moment the child that finished last before it is what the parent was waiting for (the method of Uber's CRISP
 * and of Jaeger's view). Children are clipped to their parent, so work that outlives the parent is not waited for.
 */
import type { TraceModel } from './model'

export interface PathPiece {
  readonly index: number
  readonly fromNs: number
  readonly toNs: number
}

interface Frame {
  readonly index: number
  readonly startNs: number
  /** What is before this moment is not yet explained. */
  cursorNs: number
  /** Children by end, latest first, clipped to the frame. */
  readonly children: readonly Clipped[]
  next: number
}

interface Clipped {
  readonly index: number
  readonly startNs: number
  readonly endNs: number
}

/** Pieces from the start to the end of the longest root; their lengths add up to its duration. */
export function criticalPath(trace: TraceModel): readonly PathPiece[] {
  const root = longestRoot(trace)
  if (root === undefined) return []
  const pieces: PathPiece[] = []
  const push = (index: number, fromNs: number, toNs: number) => {
    if (toNs > fromNs) pieces.push({ index, fromNs, toNs })
  }
  // An explicit stack: a trace may be ten thousand spans deep.
  const stack: Frame[] = [frameOf(trace, root)]
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const child = nextChild(frame)
    if (child === undefined) {
      push(frame.index, frame.startNs, frame.cursorNs)
      stack.pop()
      const parent = stack.at(-1)
      if (parent !== undefined) parent.cursorNs = frame.startNs
    } else {
      push(frame.index, child.endNs, frame.cursorNs)
      frame.cursorNs = child.endNs
      stack.push(frameOf(trace, child))
    }
  }
  return pieces.reverse()
}

function longestRoot(trace: TraceModel): Clipped | undefined {
  let best: Clipped | undefined
  for (const index of trace.roots) {
    const span = trace.spans[index]
    if (span === undefined) continue
    if (best === undefined || span.endNs - span.startNs > best.endNs - best.startNs) {
      best = { index, startNs: span.startNs, endNs: span.endNs }
    }
  }
  return best
}

function frameOf(trace: TraceModel, place: Clipped): Frame {
  const children: Clipped[] = []
  for (const index of trace.childrenOf[place.index] ?? []) {
    const span = trace.spans[index]
    if (span === undefined) continue
    const startNs = Math.max(span.startNs, place.startNs)
    const endNs = Math.min(span.endNs, place.endNs)
    if (endNs > startNs) children.push({ index, startNs, endNs })
  }
  children.sort((a, b) => b.endNs - a.endNs || a.startNs - b.startNs || a.index - b.index)
  return { index: place.index, startNs: place.startNs, cursorNs: place.endNs, children, next: 0 }
}

/** The child that finished last at or before the cursor; children that overlap what is explained are passed over. */
function nextChild(frame: Frame): Clipped | undefined {
  for (; frame.next < frame.children.length; frame.next++) {
    const child = frame.children[frame.next]
    if (child !== undefined && child.endNs <= frame.cursorNs) {
      frame.next++
      return child
    }
  }
  return undefined
}

/** Pieces by span, and how long each span is on the path. */
export function piecesBySpan(pieces: readonly PathPiece[]): ReadonlyMap<number, readonly PathPiece[]> {
  const bySpan = new Map<number, PathPiece[]>()
  for (const piece of pieces) {
    const known = bySpan.get(piece.index)
    if (known === undefined) bySpan.set(piece.index, [piece])
    else known.push(piece)
  }
  return bySpan
}
