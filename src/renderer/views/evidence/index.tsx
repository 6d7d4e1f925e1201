import { Button } from '@blueprintjs/core'
import { DocumentOpen, FolderOpen, GlobeNetwork } from '@blueprintjs/icons'
import { useState } from 'react'
import { type FileAccount, fileStatuses } from '../../../contract/import'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useSettings, useTasks, useWorkbench } from '../../state/workbench'
import { formatBytes, plural } from '../../text/numbers'
import { zoneLabel } from '../../text/time'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { isMappable, totalsOf } from './account'
import { chooseSources } from './chooseSources'
import { EnrichDialog } from './enrich/EnrichDialog'
import { CountCells, FileRows, TimeSpan } from './FileRows'
import { importFrom, importRefs, importTitle } from './importSources'
import { MappingAssistant } from './mapping/MappingAssistant'

const SHOWN_AT_ONCE = 200

/** The account of every file: what was found, kept, rejected and why. */
export function EvidenceView() {
  const files = useEngineQuery('import.sources', {}, { keepPrevious: true })
  const zone = useSettings((s) => s.timeZone)
  const busy = useImporting()
  const [search, setSearch] = useState('')
  const [status, setStatus] = useState('')
  const [limit, setLimit] = useState(SHOWN_AT_ONCE)
  const [mapped, setMapped] = useState<FileAccount>()
  const all = files.data ?? []
  const found = all.filter(
    (file) =>
      (status === '' || file.status === status) && file.name.toLowerCase().includes(search.trim().toLowerCase()),
  )
  const totals = totalsOf(found)
  return (
    <div className="ct-evidence">
      <LoadingLine active={files.isFetching} />
      <div className="ct-bar">
        <ImportButtons />
        <span className="ct-grow" />
        {all.length === 0 ? null : (
          <>
            <input
              type="search"
              className="ct-input"
              aria-label="Find a file"
              placeholder="Find a file…"
              value={search}
              onChange={(event) => setSearch(event.target.value)}
            />
            <select
              className="ct-input"
              aria-label="Status"
              value={status}
              onChange={(event) => setStatus(event.target.value)}
            >
              <option value="">any status</option>
              {fileStatuses.map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          </>
        )}
      </div>
      <QueryError error={files.error} retry={files.refetch} />
      {files.isSuccess && all.length === 0 && busy ? (
        <Empty title="Importing">Each file appears here once it is wholly in.</Empty>
      ) : null}
      {files.isSuccess && all.length === 0 && !busy ? (
        <Empty title="No evidence yet" action={<Offered />}>
          Drop exported logs, traces, archives or whole folders anywhere on this window. Originals are only read,
          hashed, and never changed; every record is accounted for here.
        </Empty>
      ) : null}
      {all.length === 0 ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <section className="ct-scroll" aria-label="Files" tabIndex={0}>
          <table className="ct-table">
            <thead>
              <tr>
                <th scope="col">
                  <span className="ct-hidden">Details</span>
                </th>
                <th scope="col">File</th>
                <th scope="col">Status</th>
                <th scope="col">Format</th>
                <th scope="col" className="ct-num">
                  Read
                </th>
                <th scope="col" className="ct-num">
                  = Kept
                </th>
                <th scope="col" className="ct-num">
                  + Duplicate
                </th>
                <th scope="col" className="ct-num">
                  + Skipped
                </th>
                <th scope="col" className="ct-num">
                  + Rejected
                </th>
                <th scope="col" className="ct-num">
                  Rows
                </th>
                <th scope="col" className="ct-num">
                  Time span ({zoneLabel(zone)})
                </th>
              </tr>
            </thead>
            <tbody>
              {found.slice(0, limit).map((file, index) => (
                <FileRows
                  // biome-ignore lint/suspicious/noArrayIndexKey: the same file may have been imported twice
                  key={`${file.sha256}/${file.name}/${index}`}
                  file={file}
                  onMap={isMappable(file, all) ? () => setMapped(file) : undefined}
                />
              ))}
            </tbody>
            <tfoot>
              <tr>
                <td />
                <th scope="row">
                  {plural(totals.files, 'file')} <span className="ct-dim">{formatBytes(totals.sizeBytes)}</span>
                </th>
                <td />
                <td />
                <CountCells records={totals.records} />
                <td className="ct-num">
                  <div>{plural(totals.rows.access_event, 'event')}</div>
                  <div>{plural(totals.rows.span, 'span')}</div>
                </td>
                <td className="ct-num ct-span-cell">
                  <TimeSpan firstTs={totals.firstTs} lastTs={totals.lastTs} />
                </td>
              </tr>
            </tfoot>
          </table>
          {found.length > limit ? (
            <button type="button" className="ct-link" onClick={() => setLimit(limit + SHOWN_AT_ONCE)}>
              Show {plural(Math.min(SHOWN_AT_ONCE, found.length - limit), 'more file')}
            </button>
          ) : null}
        </section>
      )}
      {mapped === undefined ? null : <MappingAssistant file={mapped} onClose={() => setMapped(undefined)} />}
    </div>
  )
}

function useImporting(): boolean {
  return useTasks((s) => s.tasks.some(({ title }) => title === importTitle))
}

function ImportButtons() {
  const workbench = useWorkbench()
  const busy = useImporting()
  const [enriching, setEnriching] = useState(false)
  const start = (kind: 'files' | 'folder') =>
    void importFrom(workbench, (options) => chooseSources(workbench.host, kind, options))
  return (
    <>
      <Button
        size="small"
        intent="primary"
        disabled={busy}
        icon={<DocumentOpen size={12} />}
        onClick={() => start('files')}
      >
        Import files…
      </Button>
      <Button size="small" disabled={busy} icon={<FolderOpen size={12} />} onClick={() => start('folder')}>
        Import a folder…
      </Button>
      <Button size="small" variant="minimal" icon={<GlobeNetwork size={12} />} onClick={() => setEnriching(true)}>
        Add places or ranges…
      </Button>
      {enriching ? <EnrichDialog onClose={() => setEnriching(false)} /> : null}
    </>
  )
}

/** Files and folders that were named when the host was started. */
function Offered() {
  const workbench = useWorkbench()
  const info = useEngineQuery('app.info', {})
  const offered = info.data?.offered ?? []
  if (offered.length === 0) return null
  return (
    <ul className="ct-offered" aria-label="Offered by the host">
      {offered.map(({ ref, name }) => (
        <li key={ref}>
          <Button size="small" onClick={() => void importRefs(workbench, [ref])}>
            Import {name}
          </Button>
        </li>
      ))}
    </ul>
  )
}
