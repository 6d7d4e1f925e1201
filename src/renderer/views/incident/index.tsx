import { Button } from '@blueprintjs/core'
import type { Incident } from '../../../contract/incidents'
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
import { IncidentEditor } from './IncidentEditor'
import '../../casework/marks.css'
import '../../casework/casework.css'
import './incident.css'

const noIncidents: readonly Incident[] = []

/** What happened, told in order: the incidents of the case and the editor of the chosen one. */
export function IncidentView() {
  const workbench = useWorkbench()
  const incidents = useEngineQuery('incidents.list', {}, { keepPrevious: true })
  const pickedId = useCasework((s) => s.incidentId)
  const pick = useCasework((s) => s.pickIncident)
  const all = incidents.data ?? noIncidents
  useResumedDrafts(workbench.drafts.incidents, all)
  const chosen = all.find(({ id }) => id === pickedId) ?? all.at(-1)
  const add = async () => {
    const made = await make(workbench, () => workbench.client.call('incidents.add', { title: 'New incident' }))
    if (made !== undefined) pick(made.id)
  }
  return (
    <div className="ct-wk">
      <LoadingLine active={incidents.isFetching} />
      <QueryError error={incidents.error} retry={incidents.refetch} />
      {incidents.isSuccess && all.length === 0 ? (
        <Empty
          title="No incident yet"
          action={
            <Button intent="primary" onClick={() => void add()}>
              Begin an incident
            </Button>
          }
        >
          An incident tells what happened: a summary, the impact, and a story of events, findings and your own words in
          order, with detection, containment and recovery marked. Select something in any view and press G: it becomes
          the next step of the story.
        </Empty>
      ) : (
        <div className="ct-wk-split">
          <DocumentList
            label="All incidents"
            documents={all}
            chosen={chosen}
            onChoose={({ id }) => pick(id)}
            onNew={() => void add()}
            newLabel="New incident"
          >
            {(incident: Incident) => (
              <>
                <span className="ct-wk-side-title">
                  <Evidence text={incident.title} />
                </span>
                <span className="ct-wk-side-line">
                  <SeverityShape severity={incident.severity} /> {incident.severity} · {incident.state} ·{' '}
                  {plural(incident.story.length, 'step')}
                </span>
              </>
            )}
          </DocumentList>
          {chosen === undefined ? null : <IncidentEditor key={chosen.id} incident={chosen} />}
        </div>
      )}
    </div>
  )
}
