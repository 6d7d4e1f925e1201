import { Cross } from '@blueprintjs/icons'
import type { Reject } from '../../../contract/import'
import { SourceBytes } from '../../bytes/SourceBytes'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { Modal } from '../../ui/Modal'

interface RejectBytesProps {
  readonly sha256: string
  readonly fileName: string
  readonly reject: Reject
  readonly onClose: () => void
}

/** A reject where it stands in its file. */
export function RejectBytes({ sha256, fileName, reject, onClose }: RejectBytesProps) {
  const { member, line, offset, length, reason } = reject
  return (
    <Modal label="Bytes of a reject" className="ct-bytes-dialog" onClose={onClose}>
      <header className="ct-bytes-head ct-bar">
        <div className="ct-grow">
          <h2>
            <Evidence text={member === null ? fileName : `${fileName} › ${member}`} />
          </h2>
          <div className="ct-dim">
            {line === 0 ? '' : `line ${formatCount(line)}, `}byte {formatCount(offset)}, {formatCount(length)} long:{' '}
            <Evidence text={reason} />
          </div>
        </div>
        {/* Takes the focus first: Blueprint's button would act on the release of the key that opened this. */}
        <button type="button" className="ct-icon-button" aria-label="Close" title="Close" onClick={onClose}>
          <Cross size={14} />
        </button>
      </header>
      <SourceBytes place={{ sha256, member, offset, length }} />
    </Modal>
  )
}
