/**
 * The tree of one trace. Evidence may be incomplete or wrong: a span whose parent is not here is a root; a cycle is
 * cut at its earliest span; one id on both sides of a call (Zipkin's shared spans) makes the server a child of the
 * client; any other repeated id stays in the tree as a sibling. Every span is in the result exactly once.
 */
export interface TreeInput {
  readonly span_id: string
  readonly parent_span_id: string | null
  readonly kind: string
  readonly service: string | null
  readonly start_ns: string
}

export interface Placed<T> {
  readonly span: T
  readonly depth: number
  /** Ids of the children in time order; a shared span stands among them with the id of its parent. */
  readonly children: readonly string[]
}

/** Depth first, children by start, then in the given order. */
export function placeSpans<T extends TreeInput>(spans: readonly T[]): Placed<T>[] {
  const ordered = [...spans].sort(byStart)
  const byId = new Map<string, T[]>()
  for (const span of ordered) {
    const same = byId.get(span.span_id)
    if (same === undefined) byId.set(span.span_id, [span])
    else same.push(span)
  }
  const children = new Map<T, T[]>()
  const roots: T[] = []
  for (const span of ordered) {
    const parent = parentOf(span, byId)
    if (parent === undefined) roots.push(span)
    else {
      const siblings = children.get(parent)
      if (siblings === undefined) children.set(parent, [span])
      else siblings.push(span)
    }
  }
  const placed: Placed<T>[] = []
  const seen = new Set<T>()
  for (const root of roots) walk(root)
  // What no root reaches is a cycle: its earliest span becomes a root.
  for (const span of ordered) if (!seen.has(span)) walk(span)
  return placed

  /** With a stack of its own, since a hostile trace may be as deep as it has spans. */
  function walk(root: T): void {
    const stack: { span: T; depth: number }[] = [{ span: root, depth: 0 }]
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { span, depth } = top
      if (seen.has(span)) continue
      seen.add(span)
      const own = (children.get(span) ?? []).filter((child) => !seen.has(child))
      placed.push({ span, depth, children: own.map((child) => child.span_id) })
      for (const child of own.toReversed()) stack.push({ span: child, depth: depth + 1 })
    }
  }
}

function parentOf<T extends TreeInput>(span: T, byId: ReadonlyMap<string, readonly T[]>): T | undefined {
  const client = sharedClient(span, byId)
  if (client !== undefined) return client
  if (span.parent_span_id === null || span.parent_span_id === span.span_id) return undefined
  const candidates = byId.get(span.parent_span_id) ?? []
  // Of the two halves of a shared span, work inside the server belongs to the server.
  return (
    candidates.find((parent) => parent.service === span.service && parent.kind === 'server') ??
    candidates.find((parent) => parent.service === span.service) ??
    candidates.find((parent) => parent.kind === 'server') ??
    candidates[0]
  )
}

function sharedClient<T extends TreeInput>(span: T, byId: ReadonlyMap<string, readonly T[]>): T | undefined {
  const wanted = span.kind === 'server' ? 'client' : span.kind === 'consumer' ? 'producer' : undefined
  if (wanted === undefined) return undefined
  return byId.get(span.span_id)?.find((other) => other !== span && other.kind === wanted)
}

function byStart(a: TreeInput, b: TreeInput): number {
  const x = BigInt(a.start_ns)
  const y = BigInt(b.start_ns)
  return x < y ? -1 : x > y ? 1 : 0
}
