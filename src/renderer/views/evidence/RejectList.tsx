import { Button } from '@blueprintjs/core'
import { useQueries } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, useState } from 'react'
import type { Result } from '../../../contract'
import type { Reject } from '../../../contract/import'
import { queryKey, useEngineQuery } from '../../state/useEngineQuery'
import { useClient, useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount, plural } from '../../text/numbers'
import { QueryError } from '../../ui/QueryError'
import { sayError } from '../../ui/runTask'
import { RejectBytes } from './RejectBytes'

const PAGE = 200
const ROW_PX = 24

interface RejectListProps {
  readonly sha256: string
  readonly fileName: string
}

/** Every reject of a file, with where it stands, why it was not taken, and a way to its bytes. */
export function RejectList({ sha256, fileName }: RejectListProps) {
  const first = useEngineQuery('import.rejects', { sha256, offset: 0, limit: PAGE }, { keepPrevious: true })
  const [shown, setShown] = useState<Reject>()
  const total = first.data?.total ?? 0
  return (
    <>
      <QueryError error={first.error} retry={first.refetch} />
      {first.isSuccess && total === 0 ? <p className="ct-dim">No record was rejected.</p> : null}
      {total === 0 ? null : (
        <>
          <div className="ct-bar">
            <b>{plural(total, 'reject')}</b>
            <span className="ct-grow" />
            <ExportButtons sha256={sha256} />
          </div>
          <Rows sha256={sha256} total={total} onShow={setShown} />
        </>
      )}
      {shown === undefined ? null : (
        <RejectBytes sha256={sha256} fileName={fileName} reject={shown} onClose={() => setShown(undefined)} />
      )}
    </>
  )
}

interface RowsProps {
  readonly sha256: string
  readonly total: number
  readonly onShow: (reject: Reject) => void
}

/** Only the rows in sight are in the document; empty rows above and below hold the room of the others. */
function Rows({ sha256, total, onShow }: RowsProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 6,
  })
  const items = virtual.getVirtualItems()
  const at = usePages(sha256, items[0]?.index ?? 0, items.at(-1)?.index ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="ct-reject-list" ref={scroller} tabIndex={0} aria-label="Rejects">
      <table className="ct-table ct-rejects" aria-rowcount={total + 1}>
        <Head />
        <tbody>
          <Spacer px={items[0]?.start ?? 0} />
          {items.map(({ index }) => (
            <Row key={index} index={index} reject={at(index)} onShow={onShow} />
          ))}
          <Spacer px={virtual.getTotalSize() - (items.at(-1)?.end ?? 0)} />
        </tbody>
      </table>
    </section>
  )
}

function Spacer({ px }: { readonly px: number }) {
  if (px <= 0) return null
  return (
    <tr>
      <td colSpan={6} className="ct-spacer" style={{ blockSize: px }} />
    </tr>
  )
}

function Head() {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className="ct-reject-member">
          Member
        </th>
        {['Line', 'Byte', 'Length'].map((name) => (
          <th key={name} scope="col" className="ct-num ct-reject-number">
            {name}
          </th>
        ))}
        <th scope="col">Reason</th>
        <th scope="col" className="ct-reject-act">
          <span className="ct-hidden">Bytes</span>
        </th>
      </tr>
    </thead>
  )
}

interface RowProps {
  readonly index: number
  /** Undefined while its page is on the way. */
  readonly reject: Reject | undefined
  readonly onShow: (reject: Reject) => void
}

function Row({ index, reject, onShow }: RowProps) {
  if (reject === undefined) {
    return (
      <tr aria-rowindex={index + 2}>
        <td colSpan={6}>…</td>
      </tr>
    )
  }
  const { member, line, offset, length, reason } = reject
  return (
    <tr aria-rowindex={index + 2}>
      <td title={member ?? ''}>{member === null ? <span className="ct-none">–</span> : <Evidence text={member} />}</td>
      <td className="ct-num">{line === 0 ? <span className="ct-none">–</span> : formatCount(line)}</td>
      <td className="ct-num">{formatCount(offset)}</td>
      <td className="ct-num">{formatCount(length)}</td>
      <td title={reason}>
        <Evidence text={reason} />
      </td>
      <td>
        <button
          type="button"
          className="ct-link"
          aria-label={`Show the bytes of reject ${index + 1}`}
          onClick={() => onShow(reject)}
        >
          Bytes
        </button>
      </td>
    </tr>
  )
}

/** The pages that hold these rows; only what is in sight is asked for. */
function usePages(sha256: string, from: number, to: number): (index: number) => Reject | undefined {
  const client = useClient()
  const firstPage = Math.floor(from / PAGE)
  const count = Math.floor(to / PAGE) - firstPage + 1
  const pages = useQueries({
    queries: Array.from({ length: count }, (_, step) => {
      const params = { sha256, offset: (firstPage + step) * PAGE, limit: PAGE }
      return {
        queryKey: queryKey('import.rejects', params),
        queryFn: ({ signal }: { readonly signal: AbortSignal }): Promise<Result<'import.rejects'>> =>
          client.call('import.rejects', params, { signal }),
      }
    }),
  })
  return (index) => pages[Math.floor(index / PAGE) - firstPage]?.data?.rejects[index % PAGE]
}

function ExportButtons({ sha256 }: { readonly sha256: string }) {
  const workbench = useWorkbench()
  const [busy, setBusy] = useState(false)
  const save = async (format: 'csv' | 'json') => {
    setBusy(true)
    try {
      await workbench.host.saveDownload(await workbench.client.call('import.exportRejects', { sha256, format }))
    } catch (error) {
      sayError(workbench.tasks, error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      {(['csv', 'json'] as const).map((format) => (
        <Button key={format} size="small" icon="download" disabled={busy} onClick={() => void save(format)}>
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  )
}
