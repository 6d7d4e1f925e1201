import { Button } from '@blueprintjs/core'
import { type Finding, findingStatuses } from '../../../contract/findings'
import { confidences, severities } from '../../../contract/work'
import { addToIncident } from '../../casework/addActs'
import { useDraft } from '../../casework/drafts'
import { EditorFoot } from '../../casework/EditorFoot'
import { EvidenceList } from '../../casework/EvidenceList'
import { ChoiceField, LongField } from '../../casework/Field'
import { SaveState } from '../../casework/SaveState'
import { TechniqueField } from '../../casework/TechniqueField'
import { TextList } from '../../casework/TextList'
import { TitleField } from '../../casework/TitleField'
import { useWorkbench } from '../../state/workbench'

/** One finding: the claim, how grave and how sure, what it stands on, and what else was looked at. Saves itself. */
export function FindingEditor({ finding }: { readonly finding: Finding }) {
  const workbench = useWorkbench()
  const draft = useDraft(workbench.drafts.findings, finding)
  const { value, edit } = draft
  const save = () => void draft.save()
  return (
    <section className="ct-wk-editor ct-scroll" aria-label="Finding editor">
      <TitleField
        label="Title of the finding"
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
        <ChoiceField
          label="Confidence"
          value={value.confidence}
          options={confidences}
          onChange={(confidence) => edit({ confidence })}
        />
        <ChoiceField
          label="Status"
          value={value.status}
          options={findingStatuses}
          onChange={(status) => edit({ status })}
        />
        <span className="ct-grow" />
        <SaveState draft={draft} />
      </div>
      <LongField
        label="Statement"
        value={value.statement}
        placeholder="Who did what to what, when and how: the claim that the evidence below has to carry."
        rows={3}
        onChange={(statement) => edit({ statement })}
        onBlur={save}
      />
      <TechniqueField
        ids={value.techniques}
        onAdd={(id) => edit({ techniques: [...value.techniques, id] })}
        onRemove={(id) => edit({ techniques: value.techniques.filter((other) => other !== id) })}
      />
      <EvidenceList
        label="Evidence"
        withKeys
        items={value.evidence}
        onChange={(evidence) => edit({ evidence })}
        empty="Nothing yet. Select something in any view and press A; Shift A takes the filter as a query."
      />
      <TextList
        label="Alternatives considered"
        texts={value.alternatives}
        addLabel="Add an alternative"
        placeholder="What else could explain this, and why it does not hold."
        onChange={(alternatives) => edit({ alternatives })}
      />
      <div className="ct-bar">
        <Button
          size="small"
          title="A new incident is begun where there is none"
          onClick={() => void addToIncident(workbench, [{ kind: 'finding', id: finding.id }])}
        >
          Add to the incident’s story
        </Button>
      </div>
      <EditorFoot kind="finding" document={finding} />
    </section>
  )
}
