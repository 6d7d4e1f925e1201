import { useMemo } from 'react'
import { severities, verdicts } from '../../contract/work'
import type { Command } from '../commands/command'
import { useWorkbench } from '../state/workbench'
import { addToFinding, addToIncident, scopeAbout, selectedAbouts } from './addActs'
import { verdictKeys } from './MarkPanel'
import { redoWork, setMark, undoWork } from './markActs'
import { selectedTargets, targetKey } from './targets'

/** Commands of case work: marks on the selection, undo. */
export function useWorkCommands(hasCase: boolean): readonly Command[] {
  const workbench = useWorkbench()
  return useMemo(() => {
    const targets = () => selectedTargets(workbench.selection.getState())
    const command = (id: string, title: string, keys: readonly string[], run: () => void): Command => ({
      id: `work.${id}`,
      title,
      group: 'Case work',
      ...(keys.length === 0 ? {} : { keys }),
      enabled: hasCase,
      run,
    })
    const star = async () => {
      const wanted = targets()
      const first = wanted[0]
      const marks = first === undefined ? [] : await workbench.client.call('marks.list', {})
      const on = new Set(marks.flatMap((mark) => (mark.star ? [targetKey(mark.target)] : [])))
      const all = wanted.every((target) => on.has(targetKey(target)))
      await setMark(workbench, wanted, { star: !all }, all ? 'Star taken off' : 'Starred')
    }
    return [
      command('star', 'Star the selection, or take the star off', ['m'], () => void star()),
      ...verdicts.map((verdict) =>
        command(`verdict.${verdict}`, `Verdict: ${verdict}`, [`shift+${verdictKeys[verdict]}`], () => {
          void setMark(workbench, targets(), { verdict }, `Marked as ${verdict}`)
        }),
      ),
      ...severities.map((severity) =>
        command(`severity.${severity}`, `Severity: ${severity}`, [], () => {
          void setMark(workbench, targets(), { severity }, `Severity ${severity}`)
        }),
      ),
      command('toFinding', 'Add the selection to the finding', ['a'], () => {
        void addToFinding(workbench, selectedAbouts(workbench))
      }),
      command('filterToFinding', 'Add the filter to the finding', ['shift+a'], () => {
        void addToFinding(workbench, [scopeAbout(workbench)])
      }),
      command('toIncident', 'Add the selection to the story of the incident', ['g'], () => {
        void addToIncident(workbench, selectedAbouts(workbench))
      }),
      command('undo', 'Take the last act of case work back', ['u'], () => void undoWork(workbench)),
      command('redo', 'Do the act of case work that was taken back again', ['shift+r'], () => void redoWork(workbench)),
    ]
  }, [workbench, hasCase])
}
