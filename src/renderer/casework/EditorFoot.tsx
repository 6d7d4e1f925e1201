import { Button } from '@blueprintjs/core'
import { useState } from 'react'
import { useSettings, useWorkbench } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { formatRowTime, zoneLabel } from '../text/time'
import { type DocumentKind, deleteDocument } from './documentActs'
import { HistoryDialog } from './HistoryDialog'

interface Props {
  readonly kind: DocumentKind
  readonly document: {
    readonly id: string
    readonly author: string
    readonly createdAt: string
    readonly updatedAt: string
  }
}

/** Who and when, the history, and taking the document out. */
export function EditorFoot({ kind, document }: Props) {
  const workbench = useWorkbench()
  const zone = useSettings((s) => s.timeZone)
  const [history, setHistory] = useState(false)
  const time = (text: string) => `${formatRowTime(text, zone).slice(0, 16)} ${zoneLabel(zone, Date.parse(text) * 1000)}`
  return (
    <footer className="ct-bar ct-wk-foot">
      <span className="ct-dim">
        <Evidence text={document.author} /> · {time(document.createdAt)}
        {document.updatedAt === document.createdAt ? '' : ` · changed ${time(document.updatedAt)}`}
      </span>
      <span className="ct-grow" />
      <Button size="small" onClick={() => setHistory(true)}>
        History
      </Button>
      <Button size="small" variant="outlined" onClick={() => void deleteDocument(workbench, kind, document.id)}>
        Delete
      </Button>
      {history ? <HistoryDialog kind={kind} id={document.id} onClose={() => setHistory(false)} /> : null}
    </footer>
  )
}
