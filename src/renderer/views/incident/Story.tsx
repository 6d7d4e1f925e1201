import { Button } from '@blueprintjs/core'
import { useEffect, useRef, useState } from 'react'
import { orderByTime } from '../../../common/storyOrder'
import type { StoryItem } from '../../../contract/incidents'
import { useDescribed } from '../../casework/AboutLine'
import { scopeAbout, selectedAbouts, storyItem } from '../../casework/addActs'
import { moved } from '../../casework/moved'
import { selectedTargets } from '../../casework/targets'
import { useSelection, useSettings, useWorkbench } from '../../state/workbench'
import { formatDurationUs, formatShortTime, zoneLabel } from '../../text/time'
import { handleId, StoryRow } from './StoryRow'
import { type Milestone, milestones, storyTimes } from './storyTimes'

interface Props {
  readonly story: readonly StoryItem[]
  readonly onChange: (story: StoryItem[]) => void
}

/** The steps of an incident in order: evidence and own text, moved by drag, by keys, or put in order of time. */
export function Story({ story, onChange }: Props) {
  const workbench = useWorkbench()
  const described = useDescribed(story.map(({ about }) => about))
  const selected = useSelection((state) => selectedTargets(state).length)
  const times = storyTimes(story, described)
  const dragged = useRef<string | null>(null)
  const [over, setOver] = useState<string | null>(null)
  /** The step whose handle takes the focus after a move; text that was just added takes it too. */
  const [focusOn, setFocusOn] = useState<{ readonly elementId: string } | null>(null)
  useEffect(() => {
    if (focusOn !== null) document.getElementById(focusOn.elementId)?.focus()
  }, [focusOn])
  const move = (from: number, to: number) => {
    const item = story[from]
    if (item === undefined || to < 0 || to >= story.length) return
    onChange(moved(story, from, to))
    setFocusOn({ elementId: handleId(item.id) })
  }
  const addText = (after: number) => {
    const item = storyItem(null)
    onChange([...story.slice(0, after + 1), item, ...story.slice(after + 1)])
    setFocusOn({ elementId: `ct-story-text-${item.id}` })
  }
  return (
    <section className="ct-wk-list" aria-label="Story">
      <div className="ct-bar">
        <h3>Story</h3>
        <span className="ct-grow" />
        <Button
          size="small"
          disabled={selected === 0}
          title="From any view: G"
          onClick={() => onChange([...story, ...selectedAbouts(workbench).map(storyItem)])}
        >
          Add selection
        </Button>
        <Button size="small" onClick={() => onChange([...story, storyItem(scopeAbout(workbench))])}>
          Add filter
        </Button>
        <Button size="small" onClick={() => addText(story.length - 1)}>
          Add text
        </Button>
        <Button size="small" disabled={times.size < 2} onClick={() => onChange(orderByTime(story, times))}>
          Order by time
        </Button>
      </div>
      <Milestones all={milestones(story, times)} />
      {story.length === 0 ? (
        <p className="ct-dim">
          Nothing yet. Select an event, a span or a finding in any view and press G, or write text here. Steps move by
          dragging their number, by Up and Down on it, or all at once by time.
        </p>
      ) : null}
      <ol className="ct-inc-story">
        {story.map((item, index) => (
          <StoryRow
            key={item.id}
            item={item}
            index={index}
            us={times.get(item.id)}
            described={described}
            over={over === item.id}
            onChange={(next) => onChange(story.map((other) => (other.id === item.id ? next : other)))}
            onRemove={() => onChange(story.filter((other) => other.id !== item.id))}
            onTextBelow={() => addText(index)}
            onMove={(step) => move(index, index + step)}
            onDrag={(phase) => {
              if (phase === 'start') dragged.current = item.id
              else if (phase === 'over') setOver(item.id)
              else {
                const from = story.findIndex(({ id }) => id === dragged.current)
                if (phase === 'drop' && from >= 0 && from !== index) move(from, index)
                dragged.current = null
                setOver(null)
              }
            }}
          />
        ))}
      </ol>
    </section>
  )
}

const milestoneNames: Readonly<Record<Milestone['name'], string>> = {
  begin: 'Began',
  detection: 'Detected',
  containment: 'Contained',
  recovery: 'Recovered',
}

function Milestones({ all }: { readonly all: readonly Milestone[] }) {
  const zone = useSettings((s) => s.timeZone)
  const begin = all[0]
  if (begin === undefined) return null
  return (
    <dl className="ct-inc-milestones">
      {all.map(({ name, us }) => (
        <div key={name}>
          <dt>{milestoneNames[name]}</dt>
          <dd className="ct-num">
            {formatShortTime(us, zone)} {zoneLabel(zone, Number(us))}
          </dd>
          {name === 'begin' ? null : <dd className="ct-dim">after {formatDurationUs(Number(us - begin.us))}</dd>}
        </div>
      ))}
    </dl>
  )
}
