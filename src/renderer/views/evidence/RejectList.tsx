import { useState } from 'react'
import { useEngineQuery } from '../../state/useEngineQuery'
import { Evidence } from '../../text/Evidence'
import { formatCount, plural } from '../../text/numbers'
import { QueryError } from '../../ui/QueryError'

const PAGE = 100

/** Every reject of a file, with where it stands and why it was not taken. */
export function RejectList({ sha256 }: { readonly sha256: string }) {
  const [offset, setOffset] = useState(0)
  const rejects = useEngineQuery('import.rejects', { sha256, offset, limit: PAGE }, { keepPrevious: true })
  const total = rejects.data?.total ?? 0
  const shown = rejects.data?.rejects ?? []
  return (
    <>
      <QueryError error={rejects.error} retry={rejects.refetch} />
      {rejects.isSuccess && total === 0 ? <p className="ct-dim">No record was rejected.</p> : null}
      {shown.length === 0 ? null : (
        <table className="ct-table ct-rejects">
          <caption>
            {plural(total, 'reject')}
            {total > PAGE ? `, ${formatCount(offset + 1)} to ${formatCount(offset + shown.length)}` : ''}
          </caption>
          <thead>
            <tr>
              <th scope="col">Member</th>
              <th scope="col" className="ct-num">
                Line
              </th>
              <th scope="col" className="ct-num">
                Byte
              </th>
              <th scope="col" className="ct-num">
                Length
              </th>
              <th scope="col">Reason</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((reject) => (
              <tr key={`${reject.member ?? ''}/${reject.offset}/${reject.line}/${reject.reason}`}>
                <td>
                  {reject.member === null ? <span className="ct-none">–</span> : <Evidence text={reject.member} />}
                </td>
                <td className="ct-num">{formatCount(reject.line)}</td>
                <td className="ct-num">{formatCount(reject.offset)}</td>
                <td className="ct-num">{formatCount(reject.length)}</td>
                <td className="ct-wrap">
                  <Evidence text={reject.reason} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {total > PAGE ? (
        <div className="ct-bar">
          <button type="button" className="ct-link" disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
            Before
          </button>
          <button
            type="button"
            className="ct-link"
            disabled={offset + PAGE >= total}
            onClick={() => setOffset(offset + PAGE)}
          >
            After
          </button>
        </div>
      ) : null}
    </>
  )
}
