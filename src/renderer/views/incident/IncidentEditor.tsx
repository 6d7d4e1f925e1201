import { type Incident, incidentStates } from '../../../contract/incidents'
import { severities } from '../../../contract/work'
import { useDraft } from '../../casework/drafts'
import { EditorFoot } from '../../casework/EditorFoot'
import { ChoiceField, LongField } from '../../casework/Field'
import { SaveState } from '../../casework/SaveState'
import { TitleField } from '../../casework/TitleField'
import { useWorkbench } from '../../state/workbench'
import { AffectedList } from './AffectedList'
import { Story } from './Story'

/** One incident: what, how grave, how far; the story in order; who and what is affected. Saves itself. */
export function IncidentEditor({ incident }: { readonly incident: Incident }) {
  const draft = useDraft(useWorkbench().drafts.incidents, incident)
  const { value, edit } = draft
  const save = () => void draft.save()
  return (
    <section className="ct-wk-editor ct-scroll" aria-label="Incident editor">
      <TitleField
        label="Title of the incident"
        value={value.title}
        onChange={(title) => edit({ title })}
        onBlur={save}
      />
      <div className="ct-bar">
        <ChoiceField
          label="Severity"
          value={value.severity}
          options={severities}
          onChange={(severity) => edit({ severity })}
        />
        <ChoiceField label="State" value={value.state} options={incidentStates} onChange={(state) => edit({ state })} />
        <span className="ct-grow" />
        <SaveState draft={draft} />
      </div>
      <LongField
        label="Summary"
        value={value.summary}
        placeholder="What happened, in a few sentences for somebody who reads nothing else."
        rows={3}
        onChange={(summary) => edit({ summary })}
        onBlur={save}
      />
      <div className="ct-inc-pair">
        <LongField
          label="Impact"
          value={value.impact}
          placeholder="What was lost, changed or seen, and by whom it is felt."
          onChange={(impact) => edit({ impact })}
          onBlur={save}
        />
        <LongField
          label="Scope"
          value={value.scope}
          placeholder="What was looked at, and what was not."
          onChange={(scope) => edit({ scope })}
          onBlur={save}
        />
      </div>
      <Story story={value.story} onChange={(story) => edit({ story })} />
      <AffectedList incident={value} onChange={(affected) => edit({ affected })} />
      <EditorFoot kind="incident" document={incident} />
    </section>
  )
}
