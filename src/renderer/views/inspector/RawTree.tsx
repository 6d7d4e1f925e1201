import { CaretDown, CaretRight } from '@blueprintjs/icons'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { valueMark } from '../../filter/valueMark'
import { Evidence } from '../../text/Evidence'
import { formatBytes, plural } from '../../text/numbers'
import { CopyButton } from '../../ui/CopyButton'
import { parseRaw, type RawNode, scalarText } from './rawJson'
import { type RawRow, rawRows } from './rawRows'

const ROW_PX = 19
const MAX_VALUE_CHARS = 2_000

/** The exact record as a tree that can be searched; text that is no JSON is shown as it stands. */
export function RawTree({ raw }: { readonly raw: string }) {
  const [search, setSearch] = useState('')
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set())
  const root = useMemo(() => parseRaw(raw), [raw])
  const rows = useMemo(
    () => (root === undefined ? [] : rawRows(raw, root, toggled, search.trim())),
    [raw, root, toggled, search],
  )
  const toggle = (path: string) =>
    setToggled((before) => {
      const next = new Set(before)
      if (!next.delete(path)) next.add(path)
      return next
    })
  return (
    <div className="ct-raw">
      <div className="ct-bar">
        <input
          type="search"
          className="ct-input ct-grow"
          aria-label="Search the raw record"
          placeholder="Search names and values…"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <span className="ct-dim">{formatBytes(new TextEncoder().encode(raw).length)}</span>
        <CopyButton text={raw} label="Copy the exact record" />
      </div>
      {root === undefined ? (
        <pre className="ct-raw-text">
          <Evidence text={raw} breaks />
        </pre>
      ) : (
        <RawLines raw={raw} rows={rows} toggle={toggle} search={search.trim()} />
      )}
    </div>
  )
}

function RawLines({
  raw,
  rows,
  toggle,
  search,
}: {
  readonly raw: string
  readonly rows: readonly RawRow[]
  readonly toggle: (path: string) => void
  readonly search: string
}) {
  const scroller = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })
  const current = Math.min(active, rows.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current]
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const opens = row.node.children.length > 0
    let next = current
    if (event.key === 'ArrowDown') next = Math.min(rows.length - 1, current + 1)
    else if (event.key === 'ArrowUp') next = Math.max(0, current - 1)
    else if (event.key === 'Home') next = 0
    else if (event.key === 'End') next = rows.length - 1
    else if (event.key === 'ArrowRight' && opens && !row.open) toggle(row.path)
    else if (event.key === 'ArrowLeft' && opens && row.open) toggle(row.path)
    else return
    event.preventDefault()
    event.stopPropagation()
    setActive(next)
    virtual.scrollToIndex(next)
  }
  if (rows.length === 0) return <p className="ct-dim ct-pad">Nothing in the record has “{search}”.</p>
  const shown = virtual.getVirtualItems()
  return (
    <div
      ref={scroller}
      className="ct-raw-lines"
      role="tree"
      tabIndex={0}
      aria-label="Raw record"
      aria-activedescendant={shown.some(({ index }) => index === current) ? `ct-raw-${current}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ index, start, key }) => {
          const row = rows[index]
          if (row === undefined) return null
          const opens = row.node.children.length > 0
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the tree holds the focus and handles the keys
            <div
              key={key}
              id={`ct-raw-${index}`}
              role="treeitem"
              tabIndex={-1}
              {...rawMark(raw, row)}
              aria-level={row.depth + 1}
              aria-expanded={opens ? row.open : undefined}
              aria-selected={index === current}
              className={`ct-raw-line${index === current ? ' ct-raw-line-active' : ''}${row.hit ? ' ct-raw-line-hit' : ''}`}
              style={{ transform: `translateY(${start}px)`, paddingInlineStart: 4 + row.depth * 12 }}
              onClick={() => {
                setActive(index)
                if (opens) toggle(row.path)
              }}
            >
              <span className="ct-raw-caret">
                {opens ? row.open ? <CaretDown size={12} /> : <CaretRight size={12} /> : null}
              </span>
              {row.node.key === null ? null : (
                <span className="ct-raw-key">
                  <Evidence text={row.node.key} />
                </span>
              )}
              <RawValue raw={raw} node={row.node} open={row.open} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Places inside lists have no term that means just them. */
function rawMark(raw: string, { node, path }: RawRow) {
  if (node.children.length > 0 || node.kind === 'object' || node.kind === 'array' || /[[\]]/.test(path)) return {}
  const text = scalarText(raw, node)
  return text.length > MAX_VALUE_CHARS ? {} : valueMark(`raw.${path}`, text === 'null' ? null : text)
}

function RawValue({ raw, node, open }: { readonly raw: string; readonly node: RawNode; readonly open: boolean }) {
  if (node.kind === 'object' || node.kind === 'array') {
    const size = node.children.length
    const count = plural(size, node.kind === 'object' ? 'member' : 'item')
    if (size === 0) return <span className="ct-dim">{node.kind === 'object' ? '{}' : '[]'}</span>
    return open ? null : <span className="ct-dim">{count}</span>
  }
  const text = scalarText(raw, node)
  const cut = text.length > MAX_VALUE_CHARS
  return (
    <span
      className={`ct-raw-value ct-raw-${node.kind}`}
      title={text.length > 40 ? text.slice(0, MAX_VALUE_CHARS) : undefined}
    >
      {node.kind === 'string' && text === '' ? <i className="ct-dim">empty</i> : null}
      <Evidence text={cut ? text.slice(0, MAX_VALUE_CHARS) : text} />
      {cut ? (
        <span className="ct-dim"> … {plural(text.length - MAX_VALUE_CHARS, 'more character')} (copy gives all)</span>
      ) : null}
    </span>
  )
}
