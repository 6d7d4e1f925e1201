import type { TimeWindow } from '../../../contract/shared'
import { timeScale } from '../../drawing/time/window'
import { type NoteMark, pinNotes } from '../../drawing/timeline/marks'
import { useSelection } from '../../state/workbench'
import { shortenMiddle, visibleText } from '../../text/marks'
import { plural } from '../../text/numbers'
import { gravest } from './useMarkPins'

interface Props {
  readonly notes: readonly NoteMark[]
  /** What the pins are. */
  readonly noun: 'note' | 'mark'
  readonly window: TimeWindow
  readonly widthPx: number
  readonly onTime: (window: TimeWindow) => void
}

/** A row of pins, one for each note or mark in view; near ones share a pin with a number. */
export function NoteStrip({ notes, noun, window, widthPx, onTime }: Props) {
  const { pickEvent, pickSpan, pickTrace } = useSelection()
  const scale = timeScale(window, 0, widthPx)
  const inView = notes.filter((note) => note.toUs >= window.fromUs && note.fromUs < window.toUs)
  const open = ({ target, fromUs, toUs }: NoteMark) => {
    if (target.kind === 'event') pickEvent(target.id)
    else if (target.kind === 'trace') pickTrace(target.id)
    else if (target.kind === 'span') pickSpan(target.id.slice(0, 32), target.id.slice(33))
    else if (toUs > fromUs) onTime({ fromUs, toUs })
  }
  return (
    <div className="ct-tl-notes">
      {pinNotes(inView, (us) => Math.max(0, scale.toPx(us))).map(({ xPx, notes: pinned }) => {
        const first = pinned[0]
        if (first === undefined) return null
        const text = pinned.map((note) => shortenMiddle(visibleText(note.text), 200)).join('\n')
        return (
          <button
            type="button"
            key={first.noteId}
            className={noun === 'note' ? 'ct-tl-pin' : `ct-tl-pin ct-tl-mark-${gravest(pinned) ?? 'none'}`}
            style={{ left: xPx }}
            title={text}
            aria-label={`${plural(pinned.length, noun)}: ${text}`}
            onClick={() => open(first)}
          >
            {pinned.length > 1 ? pinned.length : noun === 'mark' ? markLetter(gravest(pinned)) : ''}
          </button>
        )
      })}
      {pinNotes(inView, (us) => scale.toPx(us), 0).map(({ notes: [note] }) =>
        note === undefined || note.toUs <= note.fromUs ? null : (
          <i
            key={note.noteId}
            className="ct-tl-noteband"
            style={{ left: scale.toPx(note.fromUs), width: scale.toPx(note.toUs) - scale.toPx(note.fromUs) }}
          />
        ),
      )}
    </div>
  )
}

/** The first letter of the verdict, so that it shows without colour; a star for a mark without one. */
function markLetter(verdict: NoteMark['verdict']): string {
  return verdict == null ? '★' : verdict === 'unknown' ? '?' : verdict.charAt(0).toUpperCase()
}
