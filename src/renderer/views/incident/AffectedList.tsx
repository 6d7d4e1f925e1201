import { Button } from '@blueprintjs/core'
import { Cross } from '@blueprintjs/icons'
import { useState } from 'react'
import type { Result } from '../../../contract'
import { type Affected, affectedKinds, type Incident } from '../../../contract/incidents'
import { affectedOf } from '../../casework/addActs'
import { ChoiceField } from '../../casework/Field'
import { openTarget } from '../../casework/openTarget'
import { selectedTargets } from '../../casework/targets'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useSelection, useSettings, useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount, plural } from '../../text/numbers'
import { formatRowTime, zoneLabel } from '../../text/time'
import { QueryError } from '../../ui/QueryError'
import { sayError } from '../../ui/runTask'
import { AddLine } from '../findings/AddLine'

interface Props {
  readonly incident: Incident
  readonly onChange: (affected: Affected[]) => void
}

type Reach = Result<'incidents.reach'>[number]

const keyOf = ({ kind, id }: Pick<Affected, 'kind' | 'id'>) => `${kind} ${id}`

/** Who and what is affected, and how far each reached by the records: the blast radius. */
export function AffectedList({ incident, onChange }: Props) {
  const workbench = useWorkbench()
  const { affected, story } = incident
  const zone = useSettings((s) => s.timeZone)
  const selected = useSelection((state) => selectedTargets(state).filter(({ kind }) => kind === 'event').length)
  const [kind, setKind] = useState<Affected['kind']>('actor')
  const reach = useEngineQuery(
    'incidents.reach',
    { id: incident.id },
    { keepPrevious: true, enabled: affected.length > 0 },
  )
  const reached = new Map((reach.data ?? []).map((row) => [keyOf(row), row]))
  const add = (more: readonly Affected[]) => {
    const there = new Set(affected.map(keyOf))
    const fresh = more.filter((one) => !there.has(keyOf(one)))
    if (fresh.length > 0) onChange([...affected, ...fresh])
  }
  const addOf = (eventIds: readonly string[]) =>
    void affectedOf(workbench, eventIds)
      .then(add)
      .catch((error: unknown) => sayError(workbench.tasks, error))
  const inStory = story.flatMap(({ about }) =>
    about?.kind === 'record' && about.target.kind === 'event' ? [about.target.id] : [],
  )
  return (
    <section className="ct-wk-list" aria-label="Affected">
      <div className="ct-bar">
        <h3>Affected, and how far they reached</h3>
        <span className="ct-grow" />
        <Button
          size="small"
          disabled={selected === 0}
          onClick={() => addOf(selectedTargets(workbench.selection.getState()).map(({ id }) => id))}
        >
          Add from selection
        </Button>
        <Button size="small" disabled={inStory.length === 0} onClick={() => addOf(inStory)}>
          Add from story
        </Button>
      </div>
      <QueryError error={reach.error} retry={reach.refetch} />
      {affected.length === 0 ? (
        <p className="ct-dim">
          Actors, resources and addresses of the incident. Taken from selected events or from those of the story; beside
          each stands what the records say: how many events, how many refused, what and whom it reached, and when.
        </p>
      ) : (
        <div className="ct-inc-table">
          <table className="ct-table">
            <caption>{summary(affected)}</caption>
            <thead>
              <tr>
                <th scope="col">who or what</th>
                <th scope="col">why</th>
                <th scope="col" className="ct-num">
                  events
                </th>
                <th scope="col" className="ct-num">
                  denied
                </th>
                <th scope="col">reached</th>
                <th scope="col">first – last ({zoneLabel(zone)})</th>
                <th scope="col">
                  <span className="ct-hidden">Take out</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {affected.map((one) => (
                <AffectedRow
                  key={keyOf(one)}
                  one={one}
                  reach={reached.get(keyOf(one))}
                  onChange={(next) => onChange(affected.map((other) => (other === one ? next : other)))}
                  onRemove={() => onChange(affected.filter((other) => other !== one))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className="ct-bar">
        <ChoiceField
          label="Kind of what is affected"
          hideLabel
          value={kind}
          options={affectedKinds}
          onChange={setKind}
        />
        <div className="ct-grow">
          <AddLine
            label="Affected"
            placeholder="Name another one by its key, as in the inspector"
            onAdd={async (id) => {
              add([{ kind, id, text: '' }])
              return true
            }}
          />
        </div>
      </div>
    </section>
  )
}

function summary(affected: readonly Affected[]): string {
  const names = { actor: 'actor', resource: 'resource', address: 'address' } as const
  return affectedKinds
    .flatMap((kind) => {
      const count = affected.filter((one) => one.kind === kind).length
      return count === 0 ? [] : [plural(count, names[kind], kind === 'address' ? 'addresses' : `${names[kind]}s`)]
    })
    .join(', ')
}

interface RowProps {
  readonly one: Affected
  readonly reach: Reach | undefined
  readonly onChange: (one: Affected) => void
  readonly onRemove: () => void
}

function AffectedRow({ one, reach, onChange, onRemove }: RowProps) {
  const workbench = useWorkbench()
  const zone = useSettings((s) => s.timeZone)
  const time = (text: string | null | undefined) => (text == null ? '–' : formatRowTime(text, zone).slice(0, 19))
  return (
    <tr>
      <th scope="row" className="ct-wrap ct-inc-who">
        <span className="ct-wk-kind">{one.kind}</span>{' '}
        <button type="button" className="ct-link" onClick={() => openTarget(workbench, one)}>
          <Evidence text={one.id} />
        </button>
      </th>
      <td className="ct-inc-why">
        <textarea
          className="ct-input ct-wk-grow"
          aria-label={`Why ${visibleText(one.id)} is affected`}
          rows={1}
          maxLength={100_000}
          value={one.text}
          onChange={(event) => onChange({ ...one, text: event.target.value })}
        />
      </td>
      <td className="ct-num">{reach === undefined ? '…' : formatCount(reach.events)}</td>
      <td className="ct-num">{reach === undefined ? '…' : formatCount(reach.denied)}</td>
      <td className="ct-wrap">{reach === undefined ? '…' : reachText(one.kind, reach)}</td>
      <td className="ct-num ct-inc-span">
        {time(reach?.firstTs)}
        <br />
        {time(reach?.lastTs)}
      </td>
      <td>
        <button
          type="button"
          className="ct-icon-button"
          aria-label={`Take out ${visibleText(one.id)}`}
          onClick={onRemove}
        >
          <Cross size={11} />
        </button>
      </td>
    </tr>
  )
}

/** What one of the kind reached: never its own kind. */
function reachText(kind: Affected['kind'], { actors, resources, addresses }: Reach): string {
  const parts = [
    kind === 'actor' ? '' : plural(actors, 'actor'),
    kind === 'resource' ? '' : plural(resources, 'resource'),
    kind === 'address' ? '' : plural(addresses, 'address', 'addresses'),
  ]
  return parts.filter((part) => part !== '').join(', ')
}
