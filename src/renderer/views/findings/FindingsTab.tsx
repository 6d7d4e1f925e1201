import { Button } from '@blueprintjs/core'
import type { Finding } from '../../../contract/findings'
import { DocumentList } from '../../casework/DocumentList'
import { make } from '../../casework/documentActs'
import { useResumedDrafts } from '../../casework/drafts'
import { SeverityShape } from '../../casework/MarkShape'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useCasework, useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { plural } from '../../text/numbers'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { FindingEditor } from './FindingEditor'

const noFindings: readonly Finding[] = []

/** All findings, the gravest first, and the editor of the chosen one. */
export function FindingsTab() {
  const workbench = useWorkbench()
  const findings = useEngineQuery('findings.list', {}, { keepPrevious: true })
  const pickedId = useCasework((s) => s.findingId)
  const pick = useCasework((s) => s.pickFinding)
  const all = findings.data ?? noFindings
  useResumedDrafts(workbench.drafts.findings, all)
  const chosen = all.find(({ id }) => id === pickedId) ?? all[0]
  const add = async () => {
    const made = await make(workbench, () => workbench.client.call('findings.add', { title: 'New finding' }))
    if (made !== undefined) pick(made.id)
  }
  return (
    <>
      <LoadingLine active={findings.isFetching} />
      <QueryError error={findings.error} retry={findings.refetch} />
      {findings.isSuccess && all.length === 0 ? (
        <Empty
          title="No findings yet"
          action={
            <Button intent="primary" onClick={() => void add()}>
              Write the first finding
            </Button>
          }
        >
          A finding is one claim with its evidence: what happened, how grave, how sure, and what else it could be.
          Select an event, a span, a trace or a node in any view and press A: it becomes evidence. Shift A takes the
          filter.
        </Empty>
      ) : (
        <div className="ct-wk-split">
          <DocumentList
            label="All findings"
            documents={all}
            chosen={chosen}
            onChoose={({ id }) => pick(id)}
            onNew={() => void add()}
            newLabel="New finding"
          >
            {(finding: Finding) => (
              <>
                <span className="ct-wk-side-title">
                  <Evidence text={finding.title} />
                </span>
                <span className="ct-wk-side-line">
                  <SeverityShape severity={finding.severity} /> {finding.severity} · {finding.status} ·{' '}
                  {plural(finding.evidence.length, 'piece')}
                </span>
              </>
            )}
          </DocumentList>
          {chosen === undefined ? null : <FindingEditor key={chosen.id} finding={chosen} />}
        </div>
      )}
    </>
  )
}
