import { Button } from '@blueprintjs/core'
import { useStore } from 'zustand'
import { type SqlFormat, sqlFormats } from '../../../contract/sql'
import { useWorkbench } from '../../state/workbench'
import { visibleText } from '../../text/marks'
import { formatCount, plural } from '../../text/numbers'
import { describeError } from '../../ui/describeError'
import { Empty, LoadingLine } from '../../ui/Empty'
import { runTask, sayError } from '../../ui/runTask'
import { SqlEditor } from './SqlEditor'
import { SqlRows } from './SqlRows'
import './sql.css'
import { SHOWN_ROWS, useSqlRun } from './useSqlRun'

/** Any question to the case's database, as one SELECT that can change nothing. */
export function SqlView() {
  const workbench = useWorkbench()
  const { text, ran, setText, remember } = useStore(workbench.console)
  const { run, start, cancel } = useSqlRun()
  const go = (asPlan: boolean) => {
    if (text.trim() === '') return
    remember(text)
    void start(text, asPlan)
  }
  const takeAway = async (format: SqlFormat) => {
    const result = await runTask(workbench, 'Writing rows', 'sql.export', { sql: text, format }, ({ rows }) => ({
      detail: plural(rows, 'row'),
      fraction: null,
    }))
    if (result === undefined) return
    workbench.host.saveDownload(result.download).catch((error: unknown) => sayError(workbench.tasks, error))
  }
  return (
    <div className="ct-sql">
      <SqlEditor text={text} faultAt={run.faultAt} onText={setText} onRun={() => go(false)} />
      <div className="ct-bar">
        {run.running ? (
          <Button size="small" icon="stop" onClick={cancel}>
            Cancel
          </Button>
        ) : (
          <Button size="small" intent="primary" icon="play" title="Ctrl+Enter" onClick={() => go(false)}>
            Run
          </Button>
        )}
        <Button size="small" disabled={run.running} onClick={() => go(true)}>
          Plan
        </Button>
        {sqlFormats.map((format) => (
          <Button
            key={format}
            size="small"
            icon="download"
            title={`All rows as ${format === 'json' ? 'JSON lines' : format}`}
            onClick={() => void takeAway(format)}
          >
            {format === 'parquet' ? 'Parquet' : format.toUpperCase()}
          </Button>
        ))}
        {ran.length === 0 ? null : (
          <select
            className="ct-input ct-sql-history"
            aria-label="Queries that ran"
            value=""
            onChange={(event) => {
              const chosen = ran[Number(event.target.value)]
              if (chosen !== undefined) setText(chosen)
            }}
          >
            <option value="">Ran before…</option>
            {ran.map((one, index) => (
              <option key={one} value={index}>
                {visibleText(one.replace(/\s+/g, ' ').slice(0, 100))}
              </option>
            ))}
          </select>
        )}
        <span className="ct-grow" />
        <span className="ct-dim" aria-live="polite">
          {run.running
            ? 'Running…'
            : run.answer === null
              ? `One SELECT, read-only; at most 30 s and ${formatCount(SHOWN_ROWS)} rows in sight`
              : `${run.answer.truncated ? 'The first ' : ''}${plural(run.answer.rows.length, 'row')} in ${formatCount(Math.round(run.tookMs))} ms${run.answer.truncated ? '; a file takes all' : ''}`}
        </span>
      </div>
      <LoadingLine active={run.running} />
      <Failure error={run.error} />
      {run.plan === null ? null : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
        <section className="ct-scroll" tabIndex={0} aria-label="Plan">
          <pre className="ct-sql-plan">{run.plan}</pre>
        </section>
      )}
      {run.answer === null ? null : <SqlRows answer={run.answer} />}
      {run.answer === null && run.plan === null && run.error === null ? (
        <Empty title="Ask the database of the case">
          Tables: access_event, span, link, source_file and more; names are offered while you type, Tab takes one.
          Ctrl+Enter runs the query. “Show the SQL behind this view” in the palette brings the query of any view here.
        </Empty>
      ) : null}
    </div>
  )
}

function Failure({ error }: { readonly error: Error | null }) {
  if (error === null) return null
  const { text, hint } = describeError(error)
  return (
    <div className="ct-callout ct-callout-danger" role="alert">
      <span>
        {text} {hint}
      </span>
    </div>
  )
}
