import { type Hypothesis, hypothesisStatuses } from '../../../contract/findings'
import { useDraft } from '../../casework/drafts'
import { EditorFoot } from '../../casework/EditorFoot'
import { EvidenceList } from '../../casework/EvidenceList'
import { ChoiceField } from '../../casework/Field'
import { SaveState } from '../../casework/SaveState'
import { TextList } from '../../casework/TextList'
import { TitleField } from '../../casework/TitleField'
import { useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { plural } from '../../text/numbers'

interface Props {
  readonly hypothesis: Hypothesis
  readonly open: boolean
  readonly onToggle: () => void
}

/** One hypothesis: a line, and when open what speaks for and against it. */
export function HypothesisCard({ hypothesis, open, onToggle }: Props) {
  return (
    <article className="ct-wk-card">
      <button type="button" className="ct-wk-card-head" aria-expanded={open} onClick={onToggle}>
        <span className={`ct-wk-status ct-wk-status-${hypothesis.status}`}>{hypothesis.status}</span>
        <span className="ct-wk-about-text">
          <Evidence text={hypothesis.statement} />
        </span>
        <span className="ct-dim">
          {hypothesis.for.length} for · {hypothesis.against.length} against ·{' '}
          {plural(hypothesis.questions.length, 'question')}
        </span>
      </button>
      {open ? <HypothesisEditor hypothesis={hypothesis} /> : null}
    </article>
  )
}

function HypothesisEditor({ hypothesis }: { readonly hypothesis: Hypothesis }) {
  const draft = useDraft(useWorkbench().drafts.hypotheses, hypothesis)
  const { value, edit } = draft
  return (
    <div className="ct-wk-card-body">
      <TitleField
        label="Statement of the hypothesis"
        value={value.statement}
        onChange={(statement) => edit({ statement })}
        onBlur={() => void draft.save()}
      />
      <div className="ct-bar">
        <ChoiceField
          label="Status"
          value={value.status}
          options={hypothesisStatuses}
          onChange={(status) => edit({ status })}
        />
        <span className="ct-grow" />
        <SaveState draft={draft} />
      </div>
      <EvidenceList
        label="For"
        items={value.for}
        onChange={(items) => edit({ for: items })}
        empty="Nothing speaks for it yet."
      />
      <EvidenceList
        label="Against"
        items={value.against}
        onChange={(against) => edit({ against })}
        empty="Nothing speaks against it yet. Look for it before the hypothesis becomes a finding."
      />
      <TextList
        label="Open questions"
        texts={value.questions}
        addLabel="Add a question"
        placeholder="What would decide it?"
        onChange={(questions) => edit({ questions })}
      />
      <EditorFoot kind="hypothesis" document={hypothesis} />
    </div>
  )
}
