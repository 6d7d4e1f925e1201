import { Button, PopoverNext } from '@blueprintjs/core'
import { Manual } from '@blueprintjs/icons'
import { useState } from 'react'
import type { ColumnChoice } from '../../state/layout'
import { type EventColumn, type PlacedColumn, standardColumns } from './columns'

/** Which columns are shown; new ones go to the end. */
export function ColumnChooser({
  available,
  placed,
  onChange,
}: {
  readonly available: readonly EventColumn[]
  readonly placed: readonly PlacedColumn[]
  readonly onChange: (columns: readonly ColumnChoice[]) => void
}) {
  const [typed, setTyped] = useState('')
  const current = placed.map(({ id, shownPx }) => ({ id, widthPx: shownPx }))
  const shown = new Set(placed.map(({ id }) => id))
  const words = typed.trim().toLowerCase()
  return (
    <PopoverNext
      placement="bottom-end"
      content={
        <div className="ct-columns">
          <input
            type="search"
            className="ct-input"
            aria-label="Find a column"
            placeholder="Find a column…"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <div className="ct-columns-list">
            {available
              .filter(({ title, id }) => words === '' || title.toLowerCase().includes(words) || id.includes(words))
              .map(({ id, title, widthPx }) => (
                <label key={id}>
                  <input
                    type="checkbox"
                    checked={shown.has(id)}
                    disabled={shown.has(id) && shown.size === 1}
                    onChange={(event) =>
                      onChange(
                        event.target.checked
                          ? [...current, { id, widthPx }]
                          : current.filter((column) => column.id !== id),
                      )
                    }
                  />
                  {title}
                </label>
              ))}
          </div>
          <Button
            size="small"
            fill
            onClick={() => onChange(standardColumns.map(({ id, widthPx }) => ({ id, widthPx })))}
          >
            Standard columns
          </Button>
        </div>
      }
    >
      <Button size="small" variant="minimal" icon={<Manual size={12} />}>
        Columns
      </Button>
    </PopoverNext>
  )
}
