import type { Workbench } from '../../state/workbench'
import { sayError } from '../../ui/runTask'
import { sqlBehind } from './sqlBehind'

/** Opens the console with the query behind the view in front. */
export async function showSql({ client, console, scope, layout, tasks }: Workbench): Promise<void> {
  const { filter, window } = scope.getState()
  const { activeView, showView } = layout.getState()
  try {
    const check = await client.call('filter.check', { filter })
    if (!check.ok) return
    console.getState().setText(sqlBehind(activeView, check.sql, window))
    showView('sql')
  } catch (error) {
    sayError(tasks, error)
  }
}
