import { Button } from '@blueprintjs/core'
import { Add, FolderOpen, Lightbulb } from '@blueprintjs/icons'
import { useState } from 'react'
import { type CaseActions, caseActions, defaultTitle } from '../app/caseActions'
import { useEngineQuery } from '../state/useEngineQuery'
import { useSettings, useTasks, useWorkbench } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { formatRowTime, zoneLabel } from '../text/time'
import { Logo } from '../ui/Logo'
import { QueryError } from '../ui/QueryError'
import { importRefs } from '../views/evidence/importSources'

/** What stands here while no case is open: start one, open one, or look at the sample. */
export function Welcome() {
  const workbench = useWorkbench()
  const actions = caseActions(workbench)
  const info = useEngineQuery('app.info', {})
  const busy = useTasks((s) => s.tasks.length > 0)
  return (
    <main className="ct-welcome">
      <div className="ct-welcome-box">
        <h1>
          <Logo size={22} /> Crosstrail
        </h1>
        <p className="ct-lead">
          Opens exported audit logs and traces offline, crosses who accessed what with what the system did for it, and
          prints the answer.
        </p>
        <div className="ct-welcome-columns">
          <section>
            <h2>Start</h2>
            <NewCase actions={actions} busy={busy} />
            {workbench.host.choose === null ? null : (
              <Button
                alignText="start"
                fill
                icon={<FolderOpen size={14} />}
                disabled={busy}
                onClick={() => void actions.openAnywhere()}
              >
                Open case…
              </Button>
            )}
            {info.data?.hasSample === true ? (
              <Button
                alignText="start"
                fill
                icon={<Lightbulb size={14} />}
                disabled={busy}
                onClick={() => void actions.openSample()}
              >
                Open the sample
              </Button>
            ) : null}
            <p className="ct-dim">
              Or drop exported files and folders anywhere here: a case is made for them. Nothing leaves this machine,
              and originals are never changed.
            </p>
            <Offered actions={actions} />
          </section>
          <Recent actions={actions} busy={busy} />
        </div>
      </div>
    </main>
  )
}

function NewCase({ actions, busy }: { readonly actions: CaseActions; readonly busy: boolean }) {
  const [title, setTitle] = useState('')
  return (
    <form
      className="ct-new-case"
      onSubmit={(event) => {
        event.preventDefault()
        void actions.create(title.trim() === '' ? defaultTitle(new Date()) : title.trim())
      }}
    >
      <input
        className="ct-input"
        aria-label="Title of the new case"
        placeholder={defaultTitle(new Date())}
        maxLength={200}
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button intent="primary" type="submit" disabled={busy} icon={<Add size={14} />}>
        New case
      </Button>
    </form>
  )
}

function Offered({ actions }: { readonly actions: CaseActions }) {
  const workbench = useWorkbench()
  const info = useEngineQuery('app.info', {})
  const offered = info.data?.offered ?? []
  if (offered.length === 0) return null
  const start = async (ref: string, name: string) => {
    if (name.endsWith('.case')) await actions.open(ref)
    else if ((await actions.create(name.slice(0, 200))) !== undefined) await importRefs(workbench, [ref])
  }
  return (
    <>
      <h2>Named at the start</h2>
      {offered.map(({ ref, name }) => (
        <Button key={ref} alignText="start" fill onClick={() => void start(ref, name)}>
          <Evidence text={name} />
        </Button>
      ))}
    </>
  )
}

function Recent({ actions, busy }: { readonly actions: CaseActions; readonly busy: boolean }) {
  const recent = useEngineQuery('case.recent', {})
  const zone = useSettings((s) => s.timeZone)
  return (
    <section>
      <h2>Recent cases</h2>
      <QueryError error={recent.error} retry={recent.refetch} />
      {recent.data?.length === 0 ? <p className="ct-dim">Cases that you open appear here.</p> : null}
      <ul className="ct-recent">
        {(recent.data ?? []).map(({ ref, title, openedAt, missing }) => (
          <li key={ref}>
            <button type="button" disabled={missing || busy} onClick={() => void actions.open(ref)}>
              <Evidence text={title} />
              <span className="ct-dim ct-num">
                {missing ? 'no longer there' : `${formatRowTime(openedAt, zone).slice(0, 16)} ${zoneLabel(zone)}`}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
