import { useState } from 'react'
import type { NoteTarget } from '../../../contract/notes'
import { SourceBytes } from '../../bytes/SourceBytes'
import { MarkPanel } from '../../casework/MarkPanel'
import { edgeText, selectedTargets } from '../../casework/targets'
import { IdentitySection } from '../../identities/IdentitySection'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useLayout, useSelection } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { plural } from '../../text/numbers'
import { CopyButton } from '../../ui/CopyButton'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { NoteEditor, newNoteFieldId } from '../notes/NoteEditor'
import { NoteItem } from '../notes/NoteItem'
import { FieldList } from './FieldList'
import { LinkList } from './LinkList'
import { Neighbours } from './Neighbours'
import './neighbours.css'
import { Position } from './Position'
import { RawTree } from './RawTree'

/** What is selected, in full: an event with its fields, source, links and notes, or a trace with its linked events. */
export function InspectorView() {
  const selection = useSelection()
  const { focus, eventId, traceId, spanId } = selection
  if (focus === 'node' || focus === 'edge') return <GraphInspector target={selectedTargets(selection)[0]} />
  if (focus === 'event' && eventId !== null) return <EventInspector key={eventId} eventId={eventId} />
  if ((focus === 'trace' || focus === 'span') && traceId !== null) {
    return <TraceInspector traceId={traceId} spanId={focus === 'span' ? spanId : null} />
  }
  if (eventId !== null) return <EventInspector key={eventId} eventId={eventId} />
  return (
    <Empty title="Nothing selected">Select an event, a span or an edge; what is known about it appears here.</Empty>
  )
}

const tabs = { fields: 'Event', raw: 'Raw record', bytes: 'Source bytes' } as const
const tabNames = ['fields', 'raw', 'bytes'] as const
type Tab = keyof typeof tabs

let lastTab: Tab = 'fields'

function EventInspector({ eventId }: { readonly eventId: string }) {
  const event = useEngineQuery('events.get', { eventId })
  const links = useEngineQuery('links.list', { eventId })
  const chosen = useSelection((s) => s.chosen)
  const targets: readonly NoteTarget[] =
    chosen.size > 0 ? [...chosen].map((id) => ({ kind: 'event', id })) : [{ kind: 'event', id: eventId }]
  const [tab, setTab] = useState<Tab>(lastTab)
  const show = (next: Tab) => {
    lastTab = next
    setTab(next)
  }
  return (
    <div className="ct-inspector">
      <LoadingLine active={event.isFetching || links.isFetching} />
      <QueryError error={event.error} retry={event.refetch} />
      <div className="ct-bar">
        <div role="tablist" aria-label="Event" className="ct-tabs">
          {tabNames.map((name) => (
            <button key={name} type="button" role="tab" aria-selected={tab === name} onClick={() => show(name)}>
              {tabs[name]}
            </button>
          ))}
        </div>
        <span className="ct-grow" />
        <span className="ct-hash">
          <code>{eventId}</code>
          <CopyButton text={eventId} label="Copy the event id" />
        </span>
      </div>
      <MarkPanel targets={targets} />
      {tab === 'raw' && event.data !== undefined ? (
        <>
          <RawTree raw={event.data.raw} />
          <div className="ct-inspector-notes">
            <NotesOf target={{ kind: 'event', id: eventId }} />
          </div>
        </>
      ) : null}
      {tab === 'bytes' && event.data !== undefined ? <SourceBytes place={event.data.position} /> : null}
      {tab === 'fields' ? (
        <div className="ct-scroll">
          {event.data === undefined ? null : <FieldList event={event.data.event} />}
          {event.data?.event.outcome === 'denied' ? <OpenPath /> : null}
          <section className="ct-section">
            <h2>Links</h2>
            <QueryError error={links.error} retry={links.refetch} />
            {links.data?.links.length === 0 ? (
              <p className="ct-dim">No span or trace is linked to this event.</p>
            ) : null}
            {links.data === undefined ? null : <LinkList links={links.data.links} side="event" />}
          </section>
          {event.data === undefined ? null : (
            <section className="ct-section">
              <h2>Source</h2>
              <Position position={event.data.position} />
              <button type="button" className="ct-link" onClick={() => show('bytes')}>
                Show source bytes
              </button>
            </section>
          )}
          {typeof event.data?.event.actor_key === 'string' ? (
            <IdentitySection actorKey={event.data.event.actor_key} />
          ) : null}
          {event.data === undefined ? null : <Neighbours eventId={eventId} event={event.data.event} />}
          <NotesOf target={{ kind: 'event', id: eventId }} />
        </div>
      ) : null}
    </div>
  )
}

function OpenPath() {
  const showView = useLayout((s) => s.showView)
  return (
    <section className="ct-section">
      <h2>Refusal</h2>
      <button type="button" className="ct-link" title="Key: p" onClick={() => showView('denial')}>
        Path to this denial
      </button>
    </section>
  )
}

function TraceInspector({ traceId, spanId }: { readonly traceId: string; readonly spanId: string | null }) {
  const links = useEngineQuery('links.list', { traceId }, { keepPrevious: true })
  const all = links.data?.links ?? []
  const shown = spanId === null ? all : all.filter((link) => link.span_id === spanId)
  const target: NoteTarget =
    spanId === null ? { kind: 'trace', id: traceId } : { kind: 'span', id: `${traceId}/${spanId}` }
  return (
    <div className="ct-inspector">
      <LoadingLine active={links.isFetching} />
      <div className="ct-bar">
        <span className="ct-hash">
          <span className="ct-dim">{spanId === null ? 'trace' : 'span'}</span>
          <code>{spanId ?? traceId}</code>
          <CopyButton text={spanId ?? traceId} label="Copy the id" />
        </span>
      </div>
      <MarkPanel key={target.id} targets={[target]} />
      <div className="ct-scroll">
        <section className="ct-section">
          <h2>Linked events</h2>
          <QueryError error={links.error} retry={links.refetch} />
          {links.isSuccess && shown.length === 0 ? (
            <p className="ct-dim">
              No event is linked to this {spanId === null ? 'trace' : 'span'}.
              {all.length > 0 ? ` The trace has ${plural(all.length, 'link')}.` : ''}
            </p>
          ) : null}
          <LinkList links={shown} side="trace" />
        </section>
        <NotesOf key={target.id} target={target} />
      </div>
    </div>
  )
}

/** A node or an edge of the graph: its facts stand beside the drawing; here is what the analyst says of it. */
function GraphInspector({ target }: { readonly target: NoteTarget | undefined }) {
  if (target === undefined) return null
  return (
    <div className="ct-inspector">
      <div className="ct-bar">
        <span className="ct-dim">{target.kind}</span>
        <span className="ct-clip">
          <Evidence text={target.kind === 'edge' ? edgeText(target.id) : target.id} />
        </span>
      </div>
      <MarkPanel key={target.id} targets={[target]} />
      <div className="ct-scroll">
        <NotesOf key={target.id} target={target} />
      </div>
    </div>
  )
}

function NotesOf({ target }: { readonly target: NoteTarget }) {
  const notes = useEngineQuery('notes.list', { target })
  return (
    <section className="ct-section">
      <h2>Notes</h2>
      <QueryError error={notes.error} retry={notes.refetch} />
      {(notes.data ?? []).map((note) => (
        <NoteItem key={note.id} note={note} showTarget={false} />
      ))}
      <NoteEditor target={target} fieldId={newNoteFieldId} />
    </section>
  )
}
