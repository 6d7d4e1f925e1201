import { Button } from '@blueprintjs/core'
import type { WorkKind } from '../../contract/work'
import { useEngineQuery } from '../state/useEngineQuery'
import { useSettings, useWorkbench } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { formatRowTime, zoneLabel } from '../text/time'
import { Modal } from '../ui/Modal'
import { QueryError } from '../ui/QueryError'
import { argsText, opText } from './historyText'
import { undoWork } from './markActs'

interface Props {
  readonly kind: WorkKind
  readonly id: string
  readonly onClose: () => void
}

/** Every act on one item, the latest first: when, who, what; each can be taken back. */
export function HistoryDialog({ kind, id, onClose }: Props) {
  const workbench = useWorkbench()
  const zone = useSettings((s) => s.timeZone)
  const history = useEngineQuery('work.history', { kind, id }, { keepPrevious: true })
  const entries = [...(history.data ?? [])].reverse()
  return (
    <Modal label="History" onClose={onClose} className="ct-wk-history">
      <div className="ct-bar">
        <h2>History</h2>
        <span className="ct-grow" />
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      </div>
      <QueryError error={history.error} retry={history.refetch} />
      {history.isSuccess && entries.length === 0 ? (
        <p className="ct-dim">
          Nothing was done here yet. Every act stays in the journal, also one that is taken back.
        </p>
      ) : null}
      <ol>
        {entries.map((entry) => (
          <li key={entry.seq} className={entry.undone ? 'ct-wk-undone' : undefined}>
            <div className="ct-bar">
              <span className="ct-num">
                {formatRowTime(entry.at, zone).slice(0, 19)} {zoneLabel(zone, Date.parse(entry.at) * 1000)}
              </span>
              <b>{opText(entry.op)}</b>
              <span className="ct-dim">
                by <Evidence text={entry.actor} /> · record {entry.seq}
              </span>
              <span className="ct-grow" />
              {entry.undone ? (
                <span className="ct-dim">taken back</span>
              ) : (
                <button type="button" className="ct-link" onClick={() => void undoWork(workbench, entry.seq)}>
                  Take back
                </button>
              )}
            </div>
            <p>
              <Evidence text={argsText(entry.args)} />
            </p>
          </li>
        ))}
      </ol>
    </Modal>
  )
}
