import './enrich.css'
import { Button } from '@blueprintjs/core'
import { DocumentOpen } from '@blueprintjs/icons'
import { useState } from 'react'
import type { EnrichFile, EnrichStatus } from '../../../../contract/enrich'
import { useEngineQuery } from '../../../state/useEngineQuery'
import { useTasks, useWorkbench } from '../../../state/workbench'
import { Evidence } from '../../../text/Evidence'
import { formatBytes, formatCount, plural } from '../../../text/numbers'
import { ShortHash } from '../../../ui/CopyButton'
import { describeError, type ErrorText } from '../../../ui/describeError'
import { LoadingLine } from '../../../ui/Empty'
import { Modal } from '../../../ui/Modal'
import { QueryError } from '../../../ui/QueryError'
import { addEnrichFiles, enrichTitle, forgetEnrichment } from './enrichFiles'

/** What is known of the client addresses, from which files, and where to add more. */
export function EnrichDialog({ onClose }: { readonly onClose: () => void }) {
  const workbench = useWorkbench()
  const status = useEngineQuery('enrich.status', {}, { keepPrevious: true })
  const running = useTasks((s) => s.tasks.find(({ title }) => title === enrichTitle))
  const busy = running !== undefined
  const [problem, setProblem] = useState<ErrorText>()
  const start = (act: typeof addEnrichFiles) => {
    setProblem(undefined)
    void act(workbench, (error) => setProblem(describeError(error)))
  }
  return (
    <Modal label="Places and ranges" onClose={onClose} className="ct-enrich">
      <LoadingLine active={status.isFetching || busy} />
      <h2>Places and ranges</h2>
      <p className="ct-dim">
        Countries, cities and networks come from MMDB files, clouds and networks of your own from lists of ranges. They
        are files that you have; nothing is asked of a service. Facts that a source states itself stay as they are.
      </p>
      <QueryError error={status.error} retry={status.refetch} />
      {status.data === undefined ? null : <Known status={status.data} />}
      {problem === undefined ? null : (
        <div className="ct-callout ct-callout-danger" role="alert">
          {problem.text} {problem.hint}
        </div>
      )}
      <footer>
        <Button
          size="small"
          intent="primary"
          disabled={busy || status.data?.addresses === 0}
          icon={<DocumentOpen size={12} />}
          onClick={() => start(addEnrichFiles)}
        >
          Choose files…
        </Button>
        {status.data === undefined || status.data.files.length === 0 ? null : (
          <Button size="small" variant="minimal" disabled={busy} onClick={() => start(forgetEnrichment)}>
            Forget what was looked up
          </Button>
        )}
        <span className="ct-grow ct-dim" role="status">
          {running === undefined ? '' : running.detail || 'Working…'}
        </span>
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      </footer>
    </Modal>
  )
}

function Known({ status }: { readonly status: EnrichStatus }) {
  const { addresses, classes, pending, found, files } = status
  if (addresses === 0) return <p>No event or span of this case has an address yet. Import evidence first.</p>
  const facts = [
    [found.country, 'with a country'],
    [found.city, 'with a city'],
    [found.asn, 'with a network (AS)'],
    [found.cloud, 'in a given range'],
  ] as const
  return (
    <>
      <div className="ct-enrich-known">
        <table className="ct-table" aria-label="Classes of addresses">
          <thead>
            <tr>
              <th scope="col">Class</th>
              <th scope="col" className="ct-num">
                Addresses
              </th>
              <th scope="col" className="ct-num">
                Events
              </th>
            </tr>
          </thead>
          <tbody>
            {classes.map((row) => (
              <tr key={row.class}>
                <th scope="row">{row.class.replace('_', '-')}</th>
                <td className="ct-num">{formatCount(row.addresses)}</td>
                <td className="ct-num">{formatCount(row.events)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {files.length === 0 ? <Readable /> : null}
        <ul aria-label="Looked up" hidden={files.length === 0}>
          {facts.map(([count, text]) => (
            <li key={text} className={count === 0 ? 'ct-dim' : ''}>
              <b className="ct-num">{formatCount(count)}</b> of {plural(addresses, 'address', 'addresses')} {text}
            </li>
          ))}
          {files.length > 0 && pending > 0 ? (
            <li className="ct-warn">
              {plural(pending, 'address', 'addresses')} came with a later import: choose the files again.
            </li>
          ) : null}
        </ul>
      </div>
      {files.length === 0 ? (
        <p className="ct-dim">No file was given yet. The classes are known from the addresses themselves.</p>
      ) : (
        <ul className="ct-enrich-files" aria-label="Files in use">
          {files.map((file) => (
            <FileLine key={file.sha256} file={file} />
          ))}
        </ul>
      )}
    </>
  )
}

function Readable() {
  return (
    <dl className="ct-enrich-readable">
      <dt>Places, networks</dt>
      <dd>MMDB files of MaxMind, DB-IP, IPinfo and others</dd>
      <dt>Clouds</dt>
      <dd>the lists that AWS, Google, Azure and Cloudflare publish</dd>
      <dt>Your networks</dt>
      <dd>
        lines such as <code>198.18.0.0/15,Office</code>
      </dd>
    </dl>
  )
}

const kinds = {
  mmdb: 'MMDB',
  aws: 'ranges of AWS',
  gcp: 'ranges of Google',
  azure: 'ranges of Azure',
  cloudflare: 'ranges of Cloudflare',
  csv: 'networks of your own',
} as const

function FileLine({ file }: { readonly file: EnrichFile }) {
  const made = file.builtAt === null ? null : `made ${file.builtAt.slice(0, 10)}`
  return (
    <li>
      <Evidence text={file.name} />
      <span className="ct-dim">
        {kinds[file.kind]} · {file.title === null ? null : <Evidence text={file.title} />}
        {made === null ? '' : ` · ${made}`} · {formatBytes(file.sizeBytes)} · <ShortHash hash={file.sha256} />
      </span>
    </li>
  )
}
