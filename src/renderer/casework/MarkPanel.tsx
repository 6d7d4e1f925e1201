import { useId, useState } from 'react'
import { findTechnique } from '../../common/attack/techniques'
import type { NoteTarget } from '../../contract/notes'
import { type Mark, type MarkChange, severities, verdicts } from '../../contract/work'
import { useEngineQuery } from '../state/useEngineQuery'
import { useWorkbench } from '../state/workbench'
import { visibleText } from '../text/marks'
import { plural } from '../text/numbers'
import { QueryError } from '../ui/QueryError'
import { HistoryDialog } from './HistoryDialog'
import { StarShape, VerdictShape } from './MarkShape'
import { setMark } from './markActs'
import { TagField } from './TagField'
import { TechniqueField } from './TechniqueField'
import { targetKey } from './targets'
import './marks.css'
import './casework.css'

/** Star, verdict, severity, techniques and tags of one item, or of several at once. */
export function MarkPanel({ targets }: { readonly targets: readonly NoteTarget[] }) {
  const workbench = useWorkbench()
  const marks = useEngineQuery('marks.list', {})
  const [history, setHistory] = useState(false)
  const severityId = useId()
  const wanted = new Set(targets.map(targetKey))
  const mine = (marks.data ?? []).filter(({ target }) => wanted.has(targetKey(target)))
  const common = commonMark(mine, wanted.size)
  const set = (change: MarkChange, said: string) => void setMark(workbench, targets, change, said)
  const one = targets.length === 1 ? targets[0] : undefined
  return (
    <section className="ct-wk-marks" aria-label="Marks">
      <QueryError error={marks.error} retry={marks.refetch} />
      {targets.length > 1 ? <p className="ct-strong">{plural(targets.length, 'event')} chosen</p> : null}
      <fieldset className="ct-wk-verdicts" aria-label="Verdict">
        {verdicts.map((verdict) => (
          <button
            key={verdict}
            type="button"
            aria-pressed={common.verdict === verdict}
            title={`Shift ${verdictKeys[verdict].toUpperCase()}`}
            onClick={() =>
              common.verdict === verdict
                ? set({ verdict: null }, 'Verdict taken back')
                : set({ verdict }, `Marked as ${verdict}`)
            }
          >
            <VerdictShape verdict={verdict} /> {verdict}
          </button>
        ))}
      </fieldset>
      <div className="ct-bar">
        <button
          type="button"
          className="ct-icon-button"
          aria-pressed={common.star}
          aria-label="Star"
          title="Star (M)"
          onClick={() => set({ star: !common.star }, common.star ? 'Star taken off' : 'Starred')}
        >
          <StarShape on={common.star} />
        </button>
        <label htmlFor={severityId} className="ct-dim">
          Severity
        </label>
        <select
          id={severityId}
          className="ct-input"
          value={common.severity ?? ''}
          onChange={(event) => {
            const severity = severities.find((name) => name === event.target.value) ?? null
            set({ severity }, severity === null ? 'Severity taken back' : `Severity ${severity}`)
          }}
        >
          <option value="">{common.mixedSeverity ? 'several' : 'none'}</option>
          {severities.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <span className="ct-grow" />
        {one === undefined ? null : (
          <button type="button" className="ct-link" onClick={() => setHistory(true)}>
            History
          </button>
        )}
      </div>
      <TechniqueField
        ids={common.techniques}
        onAdd={(id) => set({ addTechniques: [id] }, `Technique ${id} ${findTechnique(id)?.name ?? ''}`.trim())}
        onRemove={(id) => set({ removeTechniques: [id] }, `Technique ${id} taken off`)}
      />
      <TagField
        tags={common.tags}
        known={[...new Set((marks.data ?? []).flatMap(({ tags }) => tags))]}
        onAdd={(tag) => set({ addTags: [tag] }, `Tagged “${visibleText(tag)}”`)}
        onRemove={(tag) => set({ removeTags: [tag] }, `Tag “${visibleText(tag)}” taken off`)}
      />
      {history && one !== undefined ? (
        <HistoryDialog kind="mark" id={targetKey(one)} onClose={() => setHistory(false)} />
      ) : null}
    </section>
  )
}

export const verdictKeys = { benign: 'b', suspicious: 's', malicious: 'x', unknown: 'u' } as const

interface CommonMark {
  readonly star: boolean
  readonly verdict: Mark['verdict']
  readonly severity: Mark['severity']
  readonly mixedSeverity: boolean
  readonly techniques: readonly string[]
  readonly tags: readonly string[]
}

/** What all items have; of techniques and tags what any has, so that each can be taken off. */
export function commonMark(marks: readonly Mark[], count: number): CommonMark {
  const all = count > 0 && marks.length === count
  const first = marks[0]
  const sameSeverity = all && marks.every(({ severity }) => severity === first?.severity)
  const sameVerdict = all && marks.every(({ verdict }) => verdict === first?.verdict)
  return {
    star: all && marks.every(({ star }) => star),
    verdict: sameVerdict ? (first?.verdict ?? null) : null,
    severity: sameSeverity ? (first?.severity ?? null) : null,
    mixedSeverity: !sameSeverity && marks.some(({ severity }) => severity !== null),
    techniques: [...new Set(marks.flatMap(({ techniques }) => techniques))],
    tags: [...new Set(marks.flatMap(({ tags }) => tags))],
  }
}
