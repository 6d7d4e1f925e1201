import { Button } from '@blueprintjs/core'
import { useState } from 'react'
import type { MappingDraft, MappingSource, MappingSuggestion } from '../../../../contract/mapping'
import { useDebounced } from '../../../filter/useDebounced'
import { CopyButton } from '../../../ui/CopyButton'
import { ColumnTable } from './ColumnTable'
import { checkDraft } from './draft'
import { MappingHead } from './MappingHead'
import { OutcomeTable } from './OutcomeTable'
import { SampleTable } from './SampleTable'
import { TimeBar } from './TimeBar'
import { TrialPanel } from './TrialPanel'
import { useSaveAndImport } from './useSaveAndImport'

const settleMs = 300

/** The draft and what becomes of the file by it; every change is tried at once. */
export function MappingEditor({
  source,
  suggestion,
  onClose,
}: {
  readonly source: MappingSource
  readonly suggestion: MappingSuggestion
  readonly onClose: () => void
}) {
  const [draft, setDraft] = useState<MappingDraft>(suggestion.draft)
  const { saving, failure, tell, save } = useSaveAndImport(source, onClose)
  const { mapping, problems = [] } = checkDraft(draft, suggestion)
  const settled = useDebounced(mapping === undefined ? '' : JSON.stringify(mapping), settleMs)
  const change = (next: MappingDraft) => {
    tell(undefined)
    setDraft(next)
  }
  const shared = { draft, suggestion, onChange: change }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="ct-mapping-body" aria-label="Mapping" tabIndex={0}>
        <MappingHead {...shared} onFailure={tell} />
        {failure === undefined ? null : (
          <div className="ct-callout ct-callout-danger" role="alert">
            {failure}
          </div>
        )}
        <SampleTable suggestion={suggestion} />
        <TimeBar {...shared} />
        <div className="ct-mapping-parts">
          <ColumnTable {...shared} />
          <OutcomeTable {...shared} />
        </div>
        <TrialPanel source={source} mapping={settled === '' ? undefined : settled} problems={problems} />
      </section>
      <footer className="ct-mapping-foot">
        <span className="ct-dim">
          The mapping is kept in the case and tried on every file that no format claims from now on.
        </span>
        <span className="ct-grow" />
        <Button size="small" onClick={onClose}>
          Close
        </Button>
        {mapping === undefined ? null : (
          <CopyButton text={JSON.stringify(mapping, null, 2)} label="Copy as a mapping file" />
        )}
        <Button
          size="small"
          intent="primary"
          disabled={mapping === undefined || saving}
          loading={saving}
          onClick={() => {
            if (mapping !== undefined) void save(mapping)
          }}
        >
          Save and import
        </Button>
      </footer>
    </>
  )
}
