import { Button } from '@blueprintjs/core'
import { DocumentShare } from '@blueprintjs/icons'
import { useMemo, useState } from 'react'
import type { Result } from '../../../contract'
import type { ReportOptions } from '../../../contract/report'
import { useDebounced } from '../../filter/useDebounced'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useTasks, useWorkbench } from '../../state/workbench'
import { formatBytes, plural } from '../../text/numbers'
import { CopyButton } from '../../ui/CopyButton'
import { LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { runTask, sayError } from '../../ui/runTask'
import { Composer } from './Composer'
import { optionsOf } from './draft'
import { Preview } from './Preview'
import { useComposition } from './useComposition'

type Format = 'pdf' | 'html' | 'json'
type Made = Result<'report.create'>

/** Compose, look, export. What is shown here comes from the same engine code that prints. */
export function ReportView() {
  const { draft, change } = useComposition()
  const settled = useDebounced(draft, 400)
  const options = optionsOf(settled)
  const outline = useEngineQuery('report.outline', options, { keepPrevious: true })
  const report = outline.data
  const printed = useMemo(
    () => (report === undefined ? undefined : new Set(report.sections.map(({ id }) => id))),
    [report],
  )
  return (
    <div className="ct-report">
      <LoadingLine active={outline.isFetching} />
      <div className="ct-bar ct-report-form">
        <span className="ct-grow" />
        <ExportButtons options={optionsOf(draft)} />
      </div>
      <QueryError error={outline.error} retry={outline.refetch} />
      <div className="ct-report-panes">
        <Composer draft={draft} usualTitle={report?.title ?? ''} printed={printed} change={change} />
        {report === undefined ? null : <Preview report={report} />}
      </div>
    </div>
  )
}

function ExportButtons({ options }: { readonly options: Partial<ReportOptions> }) {
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
