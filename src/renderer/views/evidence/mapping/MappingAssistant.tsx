import './mapping.css'
import type { FileAccount } from '../../../../contract/import'
import type { MappingSource } from '../../../../contract/mapping'
import { useEngineQuery } from '../../../state/useEngineQuery'
import { Evidence } from '../../../text/Evidence'
import { LoadingLine } from '../../../ui/Empty'
import { Modal } from '../../../ui/Modal'
import { QueryError } from '../../../ui/QueryError'
import { MappingEditor } from './MappingEditor'

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
        <MappingEditor source={source} suggestion={suggestion.data} onClose={onClose} />
      )}
    </Modal>
  )
}
