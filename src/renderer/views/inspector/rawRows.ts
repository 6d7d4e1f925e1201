import { type RawNode, scalarText } from './rawJson'

/** One line of the raw tree. */
export interface RawRow {
  readonly node: RawNode
  readonly depth: number
  /** Names from the root joined by `.`, quoted where a name has a dot: the `raw.<path>` of the filter language. */
  readonly path: string
  readonly open: boolean
  /** The search text is in the name or the value. */
  readonly hit: boolean
}

const OPEN_DEPTH = 2

/**
 * The lines to draw. Without a search, `toggled` turns around the nodes that are open by themselves (the upper levels).
 * With a search, only hits and the way to them are shown, all open.
 */
export function rawRows(
  source: string,
  root: RawNode,
  toggled: ReadonlySet<string>,
  search: string,
): readonly RawRow[] {
  const wanted = search.toLowerCase()
  const rows: RawRow[] = []
  const isHit = (node: RawNode) =>
    wanted !== '' &&
    (node.key?.toLowerCase().includes(wanted) === true ||
      (node.children.length === 0 && scalarText(source, node).toLowerCase().includes(wanted)))

  const visit = (node: RawNode, depth: number, path: string): boolean => {
    const hit = isHit(node)
    const open = wanted === '' ? depth < OPEN_DEPTH !== toggled.has(path) : true
    const place = rows.length
    rows.push({ node, depth, path, open, hit })
    let kept = hit
    if (open) {
      for (const child of node.children) {
        const inside = visit(child, depth + 1, childPath(path, node, child))
        kept = kept || inside
      }
    }
    if (wanted !== '' && !kept) rows.length = place
    return kept
  }

  for (const child of root.children.length === 0 ? [root] : root.children) visit(child, 0, childPath('', root, child))
  return rows
}

function childPath(path: string, parent: RawNode, child: RawNode): string {
  const name = child.key ?? ''
  const step = /^[A-Za-z0-9_@-]+$/.test(name) ? name : `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
  if (parent.kind === 'array') return `${path}[${name}]`
  return path === '' ? step : `${path}.${step}`
}
