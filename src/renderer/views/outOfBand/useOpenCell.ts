import type { CoverageCell } from '../../../contract/analyses'
import { useLayout, useSelection } from '../../state/workbench'

/** Shows the coverage map at the cell that a conclusion rests on. */
export function useOpenCell(): (cell: CoverageCell) => void {
  const pickCell = useSelection((s) => s.pickCell)
  const showView = useLayout((s) => s.showView)
  return (cell) => {
    pickCell(cell)
    showView('coverage')
  }
}
