import { Button } from '@blueprintjs/core'
import { DocumentShare } from '@blueprintjs/icons'
import { useState } from 'react'
import type { Result } from '../../../contract'
import { useDebounced } from '../../filter/useDebounced'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useTasks, useWorkbench } from '../../state/workbench'
import { formatBytes, plural } from '../../text/numbers'
import { CopyButton } from '../../ui/CopyButton'
import { LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { runTask, sayError } from '../../ui/runTask'
import { Preview } from './Preview'

type Format = 'pdf' | 'html' | 'json'
type Made = Result<'report.create'>

/** Compose, look, export. What is shown here comes from the same engine code that prints. */
export function ReportView() {
  const [title, setTitle] = useState('')
  const [timeZone, setTimeZone] = useState('UTC')
  const settledTitle = useDebounced(title.trim(), 400)
  const options = { timeZone, ...(settledTitle === '' ? {} : { title: settledTitle }) }
  const outline = useEngineQuery('report.outline', options, { keepPrevious: true })
  return (
    <div className="ct-report">
      <LoadingLine active={outline.isFetching} />
      <div className="ct-bar ct-report-form">
        <label>
          Title
          <input
            className="ct-input"
            maxLength={200}
            placeholder={outline.data?.title ?? ''}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <label>
          Time zone
          <select className="ct-input" value={timeZone} onChange={(event) => setTimeZone(event.target.value)}>
            {zones().map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        </label>
        <span className="ct-grow" />
        <ExportButtons options={options} />
      </div>
      <QueryError error={outline.error} retry={outline.refetch} />
      {outline.data === undefined ? null : <Preview report={outline.data} />}
    </div>
  )
}

function ExportButtons({ options }: { readonly options: { readonly timeZone: string; readonly title?: string } }) {
  const workbench = useWorkbench()
  const busy = useTasks((s) => s.tasks.some((task) => task.title.startsWith('Report')))
  const [made, setMade] = useState<Made | null>(null)
  const save = (result: Made) => {
    workbench.host.saveDownload(result.download).catch((error: unknown) => sayError(workbench.tasks, error))
  }
  const create = async (format: Format) => {
    const result = await runTask(
      workbench,
      `Report (${format.toUpperCase()})`,
      'report.create',
      { format, ...options },
      ({ step, done, total }) => ({ detail: step, fraction: total === 0 ? null : done / total }),
    )
    if (result === undefined) return
    setMade(result)
    save(result)
  }
  return (
    <>
      {(['pdf', 'html', 'json'] as const).map((format) => (
        <Button
          key={format}
          size="small"
          disabled={busy}
          icon={format === 'pdf' ? <DocumentShare size={12} /> : undefined}
          {...(format === 'pdf' ? { intent: 'primary' as const } : {})}
          onClick={() => void create(format)}
        >
          {format.toUpperCase()}
        </Button>
      ))}
      {made === null ? null : (
        <div className="ct-report-made" role="status">
          <b>{made.download.fileName}</b>
          <span>
            {formatBytes(made.download.sizeBytes)}
            {made.report.pages > 0 ? `, ${plural(made.report.pages, 'page')}` : ''}
          </span>
          <span className="ct-hash">
            SHA-256 <code>{made.report.sha256}</code>
            <CopyButton text={made.report.sha256} label="Copy SHA-256" />
          </span>
          <Button size="small" onClick={() => save(made)}>
            Save again
          </Button>
        </div>
      )}
    </>
  )
}

function zones(): readonly string[] {
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone
  return ['UTC', ...new Set([local, ...Intl.supportedValuesOf('timeZone')])].filter(
    (zone, index) => zone !== 'UTC' || index === 0,
  )
}
