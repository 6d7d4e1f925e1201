import type { TimeWindow } from '../../contract/shared'

/**
 * Where the scope has been, as a tree: going back and choosing something else starts a branch, and nothing that was
 * looked at is forgotten. Pure; `scope.ts` holds one.
 */
export interface ScopeSnapshot {
  readonly filter: string
  readonly window: TimeWindow | null
}

export interface ScopeStep extends ScopeSnapshot {
  readonly id: number
  /** Null for the first step. */
  readonly parent: number | null
  /** The child that redo goes to: the one that was left last. */
  readonly forth: number | null
  /** Given by the analyst; a named step is never dropped. */
  readonly name: string | null
}

export interface ScopeTree {
  readonly steps: ReadonlyMap<number, ScopeStep>
  readonly at: number
  readonly nextId: number
}

/** More steps than these drop the oldest ends that have no name and are not on the way to the present one. */
const MAX_STEPS = 200

export function rootTree(snapshot: ScopeSnapshot): ScopeTree {
  const step: ScopeStep = { id: 0, parent: null, forth: null, name: null, ...snapshot }
  return { steps: new Map([[0, step]]), at: 0, nextId: 1 }
}

/** One step on from the present one; a step that is there already is gone to and not made twice. */
export function grown(tree: ScopeTree, snapshot: ScopeSnapshot): ScopeTree {
  for (const step of tree.steps.values())
    if (step.parent === tree.at && same(step, snapshot)) return movedTo(tree, step.id)
  const step: ScopeStep = { ...snapshot, id: tree.nextId, parent: tree.at, forth: null, name: null }
  const steps = new Map(tree.steps).set(step.id, step)
  return pruned(movedTo({ steps, at: tree.at, nextId: tree.nextId + 1 }, step.id))
}

/** At any step; the way from the first step to it is what redo follows from now on. The same tree for unknown ids. */
export function movedTo(tree: ScopeTree, id: number): ScopeTree {
  if (!tree.steps.has(id)) return tree
  const steps = new Map(tree.steps)
  for (let child = steps.get(id); child !== undefined && child.parent !== null; child = steps.get(child.parent)) {
    const parent = steps.get(child.parent)
    if (parent !== undefined) steps.set(parent.id, { ...parent, forth: child.id })
  }
  return { ...tree, steps, at: id }
}

/** An empty name takes the name away. */
export function named(tree: ScopeTree, id: number, name: string): ScopeTree {
  const step = tree.steps.get(id)
  if (step === undefined) return tree
  const clean = name.trim()
  return { ...tree, steps: new Map(tree.steps).set(id, { ...step, name: clean === '' ? null : clean }) }
}

export function stepBack(tree: ScopeTree): ScopeStep | undefined {
  const parent = tree.steps.get(tree.at)?.parent
  return parent == null ? undefined : tree.steps.get(parent)
}

export function stepForth(tree: ScopeTree): ScopeStep | undefined {
  const forth = tree.steps.get(tree.at)?.forth
  return forth == null ? undefined : tree.steps.get(forth)
}

export interface TreeRow {
  readonly step: ScopeStep
  /** 0 for the trunk; each branch beside an older one is one deeper. */
  readonly depth: number
  readonly here: boolean
}

/** Oldest first, each branch below the step that it left; what goes on alone keeps its depth. */
export function treeRows(tree: ScopeTree): readonly TreeRow[] {
  const children = new Map<number, ScopeStep[]>()
  let first: ScopeStep | undefined
  for (const step of tree.steps.values()) {
    if (step.parent === null) first = step
    else children.set(step.parent, [...(children.get(step.parent) ?? []), step])
  }
  const rows: TreeRow[] = []
  const waiting = first === undefined ? [] : [{ step: first, depth: 0 }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { step, depth } = next
    rows.push({ step, depth, here: step.id === tree.at })
    const [oldest, ...others] = children.get(step.id) ?? []
    // The stack turns the order around: side branches come out before the trunk goes on.
    if (oldest !== undefined) waiting.push({ step: oldest, depth })
    for (const other of others.reverse()) waiting.push({ step: other, depth: depth + 1 })
  }
  return rows
}

function pruned(tree: ScopeTree): ScopeTree {
  const steps = new Map(tree.steps)
  while (steps.size > MAX_STEPS) {
    const kept = new Set<number>([tree.at])
    for (const { parent } of steps.values()) if (parent !== null) kept.add(parent)
    const end = [...steps.values()].find((step) => !kept.has(step.id) && step.name === null)
    if (end !== undefined) {
      steps.delete(end.id)
      const parent = end.parent === null ? undefined : steps.get(end.parent)
      if (parent?.forth === end.id) steps.set(parent.id, { ...parent, forth: null })
      continue
    }
    // One line without an end to drop: its first unnamed step goes, and its children hang on what came before.
    const first = [...steps.values()].find((step) => step.name === null && step.id !== tree.at)
    if (first === undefined) break
    steps.delete(first.id)
    let parent = first.parent
    for (const step of steps.values()) {
      if (step.parent !== first.id) continue
      steps.set(step.id, { ...step, parent })
      // Without a step before, the oldest child is the first step now.
      parent ??= step.id
    }
    const before = first.parent === null ? undefined : steps.get(first.parent)
    if (before !== undefined) steps.set(before.id, { ...before, forth: first.forth })
  }
  return { ...tree, steps }
}

function same(a: ScopeSnapshot, b: ScopeSnapshot): boolean {
  return a.filter === b.filter && sameWindow(a.window, b.window)
}

export function sameWindow(a: TimeWindow | null, b: TimeWindow | null): boolean {
  if (a === null || b === null) return a === b
  return a.fromUs === b.fromUs && a.toUs === b.toUs
}
