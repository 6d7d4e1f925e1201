import type { DockviewApi, DockviewGroupPanel, IDockviewPanel } from 'dockview-react'
import type { Fronts } from '../state/layout'
import { views } from '../views/registry'

export const INSPECTOR = 'inspector'
const INSPECTOR_PX = 330

/** False where the stored panes are absent or do not fit this version; then the dock is empty. */
export function restore(dock: DockviewApi, stored: unknown): boolean {
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

export function arrange(dock: DockviewApi, startView: string): void {
  for (const view of views) if (view.id !== INSPECTOR) addView(dock, view.id)
  addView(dock, INSPECTOR)
  dock.getPanel(startView)?.api.setActive()
}

export function addView(dock: DockviewApi, viewId: string): IDockviewPanel | undefined {
  const view = views.find((candidate) => candidate.id === viewId)
  if (view === undefined) return undefined
  const panel = { id: view.id, component: view.id, title: view.title }
  if (viewId === INSPECTOR) {
    return dock.addPanel({
      ...panel,
      initialWidth: INSPECTOR_PX,
      minimumWidth: 260,
      position: { direction: 'right' },
    })
  }
  const main = mainGroup(dock)
  return dock.addPanel({
    ...panel,
    inactive: main !== undefined,
    ...(main === undefined ? {} : { position: { referenceGroup: main, direction: 'within' as const } }),
  })
}

/** The pane of most views: what the rail shows is in front there. */
export function mainGroup(dock: DockviewApi): DockviewGroupPanel | undefined {
  const viewsIn = (group: DockviewGroupPanel) => group.panels.filter(({ id }) => id !== INSPECTOR).length
  const most = dock.groups.reduce<DockviewGroupPanel | undefined>(
    (best, group) => (best === undefined || viewsIn(group) > viewsIn(best) ? group : best),
    undefined,
  )
  return most !== undefined && viewsIn(most) > 0 ? most : undefined
}

/** Hides the tab row of the main pane, which the rail replaces. */
export function showHeaders(dock: DockviewApi): void {
  const main = mainGroup(dock)
  for (const group of dock.groups) {
    const hidden = group === main
    if (group.header.hidden !== hidden) group.header.hidden = hidden
  }
}

export function fronts(dock: DockviewApi): Fronts {
  const main = mainGroup(dock)
  const beside = dock.groups.flatMap((group) =>
    group === main || group.activePanel === undefined ? [] : [group.activePanel.id],
  )
  return { front: main?.activePanel?.id ?? null, beside }
}

/** Moves a view into a pane of its own, right of the main one. */
export function putBeside(dock: DockviewApi, panel: IDockviewPanel): void {
  const main = mainGroup(dock)
  if (main !== undefined && main.panels.length > 1) panel.api.moveTo({ group: main, position: 'right' })
}

export function putBack(dock: DockviewApi, panel: IDockviewPanel): void {
  const main = mainGroup(dock)
  if (main !== undefined && panel.group !== main) panel.api.moveTo({ group: main, position: 'center' })
}
