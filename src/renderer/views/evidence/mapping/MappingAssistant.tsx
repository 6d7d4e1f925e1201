import { Button } from '@blueprintjs/core'
import { useEffect, useRef, useState } from 'react'
import './mapping.css'
import type { FileAccount } from '../../../../contract/import'
import type { MappingDraft, MappingSource, MappingSuggestion } from '../../../../contract/mapping'
import type { MappingFile } from '../../../../contract/mappingFile'
import { useDebounced } from '../../../filter/useDebounced'
import { useEngineQuery } from '../../../state/useEngineQuery'
import { useWorkbench } from '../../../state/workbench'
import { Evidence } from '../../../text/Evidence'
import { plural } from '../../../text/numbers'
import { CopyButton } from '../../../ui/CopyButton'
import { LoadingLine } from '../../../ui/Empty'
import { Modal } from '../../../ui/Modal'
import { QueryError } from '../../../ui/QueryError'
import { runTask } from '../../../ui/runTask'
import { describeProgress, importTitle, sayResult } from '../importSources'
import { ColumnTable } from './ColumnTable'
import { checkDraft } from './draft'
import { OutcomeTable } from './OutcomeTable'
import { SampleTable } from './SampleTable'
import { SavedMappings } from './SavedMappings'
import { TimeBar } from './TimeBar'
import { TrialPanel } from './TrialPanel'

const settleMs = 300

/** Makes a mapping for a file of no known format: sample, proposal, changes, trial, save and import. */
export function MappingAssistant({ file, onClose }: { readonly file: FileAccount; readonly onClose: () => void }) {
  const source: MappingSource = { sha256: file.sha256 }
  const suggestion = useEngineQuery('mapping.suggest', { source })
  return (
    <Modal label={`Map ${file.name}`} onClose={onClose} className="ct-mapping">
      <LoadingLine active={suggestion.isFetching} />
      <header className="ct-mapping-head">
        <h2>
          Map <Evidence text={file.name} />
        </h2>
      </header>
      <QueryError error={suggestion.error} retry={suggestion.refetch} />
      {suggestion.data === undefined ? (
        <p className="ct-mapping-body">{suggestion.isFetching ? 'Reading the first records…' : ''}</p>
      ) : (
        <Editor source={source} suggestion={suggestion.data} onClose={onClose} />
      )}
    </Modal>
  )
}

interface EditorProps {
  readonly source: MappingSource
  readonly suggestion: MappingSuggestion
  readonly onClose: () => void
}

function Editor({ source, suggestion, onClose }: EditorProps) {
  const workbench = useWorkbench()
  const [draft, setDraft] = useState<MappingDraft>(suggestion.draft)
  const [importing, setImporting] = useState(false)
  const nameRef = useRef<HTMLInputElement>(null)
  useEffect(() => nameRef.current?.focus(), [])
  const checked = checkDraft(draft, suggestion)
  const settled = useDebounced(checked.mapping === undefined ? '' : JSON.stringify(checked.mapping), settleMs)
  const save = async (mapping: MappingFile) => {
    setImporting(true)
    const result = await runTask(workbench, importTitle, 'mapping.import', { source, mapping }, describeProgress)
    setImporting(false)
    if (result === undefined) return
    sayResult(workbench, result)
    onClose()
  }
  const { mapping } = checked
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="ct-mapping-body" aria-label="Mapping" tabIndex={0}>
        <div className="ct-bar">
          <label className="ct-mapping-name">
            Name
            <input
              ref={nameRef}
              className="ct-input"
              value={draft.name}
              maxLength={100}
              onChange={(event) => setDraft({ ...draft, name: event.target.value })}
            />
          </label>
          <SavedMappings onChoose={setDraft} />
          <span className="ct-dim">{describeSample(suggestion)}</span>
        </div>
        <Warnings suggestion={suggestion} />
        <SampleTable suggestion={suggestion} />
        <TimeBar draft={draft} suggestion={suggestion} onChange={setDraft} />
        <div className="ct-mapping-parts">
          <ColumnTable draft={draft} suggestion={suggestion} onChange={setDraft} />
          <OutcomeTable draft={draft} suggestion={suggestion} onChange={setDraft} />
        </div>
        <TrialPanel source={source} mapping={settled === '' ? undefined : settled} problems={checked.problems ?? []} />
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
          disabled={mapping === undefined || importing}
          loading={importing}
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

function describeSample({ carrier, delimiter, recordsPath, records, truncated, member }: MappingSuggestion): string {
  const names: Readonly<Record<string, string>> = { ',': 'commas', '\t': 'tabs', ';': 'semicolons', '|': 'bars' }
  const kind = carrier === 'csv' ? `CSV with ${names[delimiter ?? ','] ?? 'commas'}` : 'JSON'
  const where = recordsPath === null ? '' : `, records at ${recordsPath}`
  const inside = member === null ? '' : `, of ${member}`
  return `${kind}${where}${inside}; ${truncated ? 'the first ' : ''}${plural(records, 'record')} looked at`
}

function Warnings({ suggestion }: { readonly suggestion: MappingSuggestion }) {
  if (suggestion.warnings.length === 0) return null
  return (
    <div className="ct-callout" role="note">
      <ul className="ct-mapping-warnings">
        {suggestion.warnings.map((warning) => (
          <li key={warning}>
            <Evidence text={warning} />
          </li>
        ))}
      </ul>
    </div>
  )
}
