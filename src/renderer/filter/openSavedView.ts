import type { SavedView } from '../../contract/views'
import type { Workbench } from '../state/workbench'

/** Filter, window and tab as they were saved; undo brings back what was before. */
export function openSavedView({ scope, layout }: Workbench, { filter, window, view }: SavedView): void {
  scope.getState().set({ filter, window })
  if (view !== null) layout.getState().showView(view)
}
