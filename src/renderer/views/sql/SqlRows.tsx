import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef } from 'react'
import type { Result } from '../../../contract'
import { Evidence } from '../../text/Evidence'

const ROW_PX = 24
const CHARACTER_PX = 7

/** The answer as a table; only the rows in sight are in the document. */
export function SqlRows({ answer }: { readonly answer: Result<'sql.run'> }) {
  const scroller = useRef<HTMLDivElement>(null)
  const { columns, rows } = answer
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
  })
  const widths = useMemo(
    () =>
      columns.map(({ name }) => {
        const longest = rows
          .slice(0, 200)
          .reduce((most, row) => Math.max(most, cellText(row[name]).length), name.length)
        return Math.min(420, longest * CHARACTER_PX + 20)
      }),
    [columns, rows],
  )
  const items = virtual.getVirtualItems()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="ct-scroll" ref={scroller} tabIndex={0} aria-label="Rows">
      <table
        className="ct-table ct-sql-rows"
        aria-rowcount={rows.length + 1}
        style={{ inlineSize: widths.reduce((sum, px) => sum + px, 0) }}
      >
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(({ name, type }, index) => (
              <th key={name} scope="col" title={type} style={{ inlineSize: widths[index] }}>
                <Evidence text={name} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer px={items[0]?.start ?? 0} columns={columns.length} />
          {items.map(({ index }) => {
            const row = rows[index] ?? {}
            return (
              <tr key={index} aria-rowindex={index + 2} style={{ blockSize: ROW_PX }}>
                {columns.map(({ name }) => {
                  const text = cellText(row[name])
                  return (
                    <td key={name} title={text} className={typeof row[name] === 'number' ? 'ct-num' : undefined}>
                      {row[name] === null ? (
                        <span className="ct-none">null</span>
                      ) : (
                        <Evidence text={text.length > 300 ? `${text.slice(0, 300)}…` : text} />
                      )}
                    </td>
                  )
                })}
              </tr>
            )
          })}
          <Spacer px={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} columns={columns.length} />
        </tbody>
      </table>
    </section>
  )
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function Spacer({ px, columns }: { readonly px: number; readonly columns: number }) {
  if (px <= 0) return null
  return (
    <tr>
      <td colSpan={columns} className="ct-spacer" style={{ blockSize: px }} />
    </tr>
  )
}
