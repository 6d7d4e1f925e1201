import { Button, PopoverNext } from '@blueprintjs/core'
import { SmallCross, Star } from '@blueprintjs/icons'
import { useState } from 'react'
import type { SavedView } from '../../contract/views'
import { useEngineQuery } from '../state/useEngineQuery'
import { useScope, useWorkbench } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { visibleText } from '../text/marks'
import { sayError } from '../ui/runTask'
import { openSavedView } from './openSavedView'

/** Filters and windows kept under a name in the case: open one, keep the current one, take one out. */
export function SavedViews() {
  const workbench = useWorkbench()
  const { filter, window } = useScope()
  const saved = useEngineQuery('views.list', {})
  const [name, setName] = useState('')
  const [open, setOpen] = useState(false)
  const all = saved.data ?? []
  const replaces = all.some((one) => one.name === name.trim())
  const save = async () => {
    const view = workbench.layout.getState().activeView
    try {
      await workbench.client.call('views.save', { name: name.trim(), filter, window, view })
      setName('')
    } catch (error) {
      sayError(workbench.tasks, error)
    }
  }
  const remove = (one: SavedView) =>
    workbench.client
      .call('views.delete', { name: one.name })
      .catch((error: unknown) => sayError(workbench.tasks, error))
  return (
    <PopoverNext
      placement="bottom-end"
      isOpen={open}
      onInteraction={setOpen}
      content={
        <div className="ct-saved">
          {all.length === 0 ? (
            <p className="ct-dim">Nothing saved yet. A saved view keeps filter, time window and tab in the case.</p>
          ) : (
            <ul aria-label="Saved views">
              {all.map((one) => (
                <li key={one.name}>
                  <button
                    type="button"
                    className="ct-link ct-clip"
                    title={`${visibleText(one.filter) || 'no filter'}${one.window === null ? '' : ', in a time window'}\nby ${visibleText(one.author)}`}
                    onClick={() => {
                      openSavedView(workbench, one)
                      setOpen(false)
                    }}
                  >
                    <Evidence text={one.name} />
                  </button>
                  <button
                    type="button"
                    className="ct-icon-button"
                    aria-label={`Delete the saved view ${visibleText(one.name)}`}
                    onClick={() => void remove(one)}
                  >
                    <SmallCross size={12} />
                  </button>
                </li>
              ))}
            </ul>
          )}
          <form
            className="ct-bar"
            onSubmit={(event) => {
              event.preventDefault()
              if (name.trim() !== '') void save()
            }}
          >
            <input
              className="ct-input ct-grow"
              aria-label="Name of the view"
              placeholder="Keep this view as…"
              maxLength={200}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <Button size="small" type="submit" disabled={name.trim() === ''}>
              {replaces ? 'Replace' : 'Save'}
            </Button>
          </form>
        </div>
      }
    >
      <button type="button" className="ct-icon-button" aria-label="Saved views" title="Saved views">
        <Star size={12} />
      </button>
    </PopoverNext>
  )
}
