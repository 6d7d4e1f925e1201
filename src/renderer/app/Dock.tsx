import { Cross } from '@blueprintjs/icons'
import {
  type DockviewApi,
  DockviewReact,
  type IDockviewHeaderActionsProps,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
} from 'dockview-react'
import { Activity, useEffect, useRef, useState } from 'react'
import { useLayout, useWorkbench } from '../state/workbench'
import { useResolvedTheme } from '../theme/useTheme'
import { ErrorBoundary } from '../ui/ErrorBoundary'
import { views } from '../views/registry'
import type { ViewDefinition } from '../views/view'
import { addView, arrange, fronts, INSPECTOR, mainGroup, putBack, putBeside, restore, showHeaders } from './panes'

const SAVE_AFTER_MS = 400

/** A view in its panel. Hidden ones keep their state but ask nothing and draw nothing. */
function Panel({ view, panel }: { readonly view: ViewDefinition; readonly panel: IDockviewPanelProps }) {
  const [visible, setVisible] = useState(panel.api.isVisible)
  const [seen, setSeen] = useState(panel.api.isVisible)
  useEffect(() => {
    const update = (isVisible: boolean) => {
      setVisible(isVisible)
      if (isVisible) setSeen(true)
    }
    update(panel.api.isVisible)
    const subscription = panel.api.onDidVisibilityChange((event) => update(event.isVisible))
    return () => subscription.dispose()
  }, [panel.api])
  if (!seen) return null
  const View = view.component
  return (
    <div className="ct-view">
      <ErrorBoundary name={view.title}>
        <Activity mode={visible ? 'visible' : 'hidden'}>
          <View />
        </Activity>
      </ErrorBoundary>
    </div>
  )
}

const components = Object.fromEntries(
  views.map((view) => [view.id, (panel: IDockviewPanelProps) => <Panel view={view} panel={panel} />]),
)

function Tab({ api }: IDockviewPanelHeaderProps) {
  const view = views.find((candidate) => candidate.id === api.id)
  if (view === undefined) return null
  const Icon = view.icon
  return (
    <div className="ct-tab" title={`${view.title} (${view.shortcut.toUpperCase()})`}>
      <Icon size={12} />
      <span>{view.title}</span>
    </div>
  )
}

/** In the header of a pane beside the main one: the way back. */
function HeaderActions({ containerApi, activePanel }: IDockviewHeaderActionsProps) {
  if (activePanel === undefined || activePanel.id === INSPECTOR) return null
  return (
    <button
      type="button"
      className="ct-icon-button ct-pane-back"
      aria-label={`Put ${activePanel.title ?? 'the view'} back into the main pane`}
      title="Back into the main pane"
      onClick={() => putBack(containerApi, activePanel)}
    >
      <Cross size={12} />
    </button>
  )
}

/**
 * The panes, remembered per case: all views in the main one, the inspector at the right. The rail is the main pane's
 * tab row, so its own is not shown; other panes have one to be dragged by.
 */
export function Dock({ caseId, startView }: { readonly caseId: string; readonly startView: string }) {
  const { layout } = useWorkbench()
  const theme = useResolvedTheme()
  const api = useRef<DockviewApi | null>(null)
  const requested = useLayout((s) => s.requested)

  useEffect(() => {
    const dock = api.current
    if (requested === null || dock === null) return
    if (requested.viewId === 'reset-panes') {
      layout.getState().forgetPanes(caseId)
      dock.clear()
      arrange(dock, 'events')
      return
    }
    const panel = dock.getPanel(requested.viewId) ?? addView(dock, requested.viewId)
    if (panel === undefined) return
    if (requested.where === 'beside' && panel.id !== INSPECTOR && panel.group === mainGroup(dock)) {
      putBeside(dock, panel)
    }
    panel.api.setActive()
  }, [requested, layout, caseId])

  return (
    <DockviewReact
      className="ct-dock"
      theme={{ name: 'crosstrail', className: 'ct-dock-theme', colorScheme: theme, gap: 0 }}
      components={components}
      defaultTabComponent={Tab}
      rightHeaderActionsComponent={HeaderActions}
      disableFloatingGroups
      singleTabMode="default"
      onReady={({ api: dock }) => {
        api.current = dock
        if (!restore(dock, layout.getState().panes(caseId))) arrange(dock, startView)
        let timer: ReturnType<typeof setTimeout> | undefined
        const follow = () => {
          showHeaders(dock)
          layout.getState().setFronts(fronts(dock))
        }
        dock.onDidLayoutChange(() => {
          follow()
          clearTimeout(timer)
          timer = setTimeout(() => layout.getState().savePanes(caseId, dock.toJSON()), SAVE_AFTER_MS)
        })
        dock.onDidActivePanelChange((event) => {
          layout.getState().setActiveView(dock.activePanel?.id ?? event?.panel?.id ?? null)
          layout.getState().setFronts(fronts(dock))
        })
        follow()
        layout.getState().setActiveView(dock.activePanel?.id ?? null)
      }}
    />
  )
}
