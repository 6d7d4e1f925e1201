import {
  type DockviewApi,
  DockviewReact,
  type IDockviewPanelHeaderProps,
  type IDockviewPanelProps,
} from 'dockview-react'
import { Activity, useEffect, useRef, useState } from 'react'
import { useLayout, useWorkbench } from '../state/workbench'
import { useResolvedTheme } from '../theme/useTheme'
import { ErrorBoundary } from '../ui/ErrorBoundary'
import { views } from '../views/registry'
import type { ViewDefinition } from '../views/view'

const INSPECTOR = 'inspector'
const INSPECTOR_PX = 330
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
    <section className="ct-view" aria-label={view.title}>
      <ErrorBoundary name={view.title}>
        <Activity mode={visible ? 'visible' : 'hidden'}>
          <View />
        </Activity>
      </ErrorBoundary>
    </section>
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

/** The panes: every view as a tab, the inspector at the right, remembered per case. */
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
    panel?.api.setActive()
  }, [requested, layout, caseId])

  return (
    <DockviewReact
      className="ct-dock"
      theme={{ name: 'crosstrail', className: 'ct-dock-theme', colorScheme: theme, gap: 0 }}
      components={components}
      defaultTabComponent={Tab}
      disableFloatingGroups
      singleTabMode="default"
      onReady={({ api: dock }) => {
        api.current = dock
        if (!restore(dock, layout.getState().panes(caseId))) arrange(dock, startView)
        let timer: ReturnType<typeof setTimeout> | undefined
        dock.onDidLayoutChange(() => {
          clearTimeout(timer)
          timer = setTimeout(() => layout.getState().savePanes(caseId, dock.toJSON()), SAVE_AFTER_MS)
        })
        dock.onDidActivePanelChange((event) =>
          layout.getState().setActiveView(dock.activePanel?.id ?? event?.panel?.id ?? null),
        )
        layout.getState().setActiveView(dock.activePanel?.id ?? null)
      }}
    />
  )
}

/** False where the stored panes are absent or do not fit this version; then the dock is empty. */
function restore(dock: DockviewApi, stored: unknown): boolean {
  if (typeof stored !== 'object' || stored === null) return false
  try {
    // The dock checks the shape itself and throws on what it does not know.
    dock.fromJSON(stored as Parameters<DockviewApi['fromJSON']>[0])
    for (const view of views) if (dock.getPanel(view.id) === undefined) addView(dock, view.id)
    return dock.panels.length > 0
  } catch {
    dock.clear()
    return false
  }
}

function arrange(dock: DockviewApi, startView: string): void {
  for (const view of views) {
    if (view.id === INSPECTOR) {
      dock.addPanel({
        id: view.id,
        component: view.id,
        title: view.title,
        initialWidth: INSPECTOR_PX,
        minimumWidth: 260,
        position: { direction: 'right' },
      })
    } else dock.addPanel({ id: view.id, component: view.id, title: view.title, ...besideOthers(dock) })
  }
  dock.getPanel(startView)?.api.setActive()
}

function addView(dock: DockviewApi, viewId: string) {
  const view = views.find((candidate) => candidate.id === viewId)
  if (view === undefined) return undefined
  return dock.addPanel({ id: view.id, component: view.id, title: view.title, inactive: true, ...besideOthers(dock) })
}

function besideOthers(dock: DockviewApi) {
  const first = dock.panels.find((panel) => panel.id !== INSPECTOR)
  return first === undefined ? {} : { position: { referencePanel: first.id, direction: 'within' as const } }
}
