import { Tooltip } from '@blueprintjs/core'
import { useRef, useState } from 'react'
import type { OpenCase } from '../../contract/case'
import { KeyCaps } from '../commands/CommandPalette'
import { useLayout } from '../state/workbench'
import { missingFor } from '../views/missing'
import { views } from '../views/registry'
import { type ViewDefinition, viewGroups } from '../views/view'
import { rovingIndex } from './roving'

const shown = viewGroups.flatMap((group) => views.filter((view) => view.group === group.id))

/**
 * The way to every view: groups of buttons, one tab stop, arrows within. Shift with a click or Enter puts a view into a
 * pane of its own beside the others. Folded, it is icons only, and tooltips say the rest.
 */
export function Rail({ open }: { readonly open: OpenCase }) {
  const caseId = open.info.id
  const { front, beside } = useLayout((s) => s.fronts)
  const [folded, setFolded] = useState(useLayout((s) => s.railFolded)(caseId))
  const save = useLayout((s) => s.foldRail)
  const [stop, setStop] = useState<string | null>(null)
  const nav = useRef<HTMLElement>(null)
  const stopId = stop ?? front ?? shown[0]?.id
  const fold = () => {
    save(caseId, !folded)
    setFolded(!folded)
  }
  return (
    <nav
      ref={nav}
      aria-label="Views"
      className={folded ? 'ct-rail ct-rail-folded' : 'ct-rail'}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setStop(null)
      }}
      onKeyDown={(event) => {
        const buttons = [...(nav.current?.querySelectorAll<HTMLElement>('[data-view]') ?? [])]
        const at = event.target instanceof HTMLElement ? buttons.indexOf(event.target) : -1
        const next = at < 0 ? null : rovingIndex(event.key, at, buttons.length)
        if (next === null) return
        event.preventDefault()
        buttons[next]?.focus()
      }}
    >
      <div className="ct-rail-groups">
        {viewGroups.map((group) => (
          <div key={group.id} className="ct-rail-group">
            <span className="ct-rail-heading" id={`ct-rail-${group.id}`}>
              {group.title}
            </span>
            <ul aria-labelledby={`ct-rail-${group.id}`}>
              {views
                .filter((view) => view.group === group.id)
                .map((view) => (
                  <li key={view.id}>
                    <RailButton
                      view={view}
                      folded={folded}
                      place={view.id === front ? 'front' : beside.includes(view.id) ? 'beside' : 'behind'}
                      missing={missingFor(view.needs, open.info.tables)}
                      isStop={view.id === stopId}
                      onFocus={() => setStop(view.id)}
                    />
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </div>
      <button
        type="button"
        className="ct-rail-fold"
        aria-expanded={!folded}
        aria-label="Names of the views"
        title={folded ? 'Show the names' : 'Icons only'}
        onClick={fold}
      >
        <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
          <path d={folded ? 'M4 3l5 5-5 5M9 3l5 5-5 5' : 'M12 3L7 8l5 5M7 3L2 8l5 5'} strokeWidth="1.4" />
        </svg>
      </button>
    </nav>
  )
}

function RailButton({
  view,
  folded,
  place,
  missing,
  isStop,
  onFocus,
}: {
  readonly view: ViewDefinition
  readonly folded: boolean
  readonly place: 'front' | 'beside' | 'behind'
  readonly missing: string | null
  readonly isStop: boolean
  readonly onFocus: () => void
}) {
  const showView = useLayout((s) => s.showView)
  const Icon = view.icon
  const described = [missing ?? view.hint, place === 'beside' ? 'It is in a pane of its own.' : ''].join(' ').trim()
  return (
    <Tooltip
      placement="right"
      minimal
      compact
      hoverOpenDelay={folded ? 150 : 700}
      content={
        <span className="ct-rail-tip">
          <strong>{view.title}</strong> <KeyCaps keys={[view.shortcut]} />
          <br />
          {described}
        </span>
      }
    >
      <button
        type="button"
        data-view={view.id}
        className={missing === null ? 'ct-rail-button' : 'ct-rail-button ct-rail-bare'}
        tabIndex={isStop ? 0 : -1}
        aria-label={view.title}
        aria-description={described}
        aria-current={place === 'front' ? 'page' : undefined}
        aria-keyshortcuts={view.shortcut}
        onFocus={onFocus}
        onClick={(event) => showView(view.id, event.shiftKey ? 'beside' : 'here')}
      >
        <Icon size={15} />
        <span className="ct-rail-name">{view.title}</span>
        {place === 'beside' ? (
          <svg className="ct-rail-beside" width="10" height="10" viewBox="0 0 10 10" fill="none" aria-hidden="true">
            <path d="M.5 1h9v8h-9zM6 1v8" stroke="currentColor" />
          </svg>
        ) : null}
        <kbd>{view.shortcut.toUpperCase()}</kbd>
      </button>
    </Tooltip>
  )
}
