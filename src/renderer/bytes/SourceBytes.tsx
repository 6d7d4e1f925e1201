import './bytes.css'
import { useMemo, useState } from 'react'
import { hexOffset, hexRows } from '../../common/hexDump'
import type { SourceBytes as Answer } from '../../contract/import'
import { useEngineQuery } from '../state/useEngineQuery'
import { Evidence } from '../text/Evidence'
import { formatCount } from '../text/numbers'
import { LoadingLine } from '../ui/Empty'
import { QueryError } from '../ui/QueryError'
import { type ByteRange, bytesOf, textParts, windowBytes, windowStart } from './bytesText'

export interface SourcePlace extends ByteRange {
  readonly sha256: string
  readonly member: string | null
}

type Form = 'text' | 'hex'
let lastForm: Form = 'text'

/** The exact bytes around a place of the evidence, as text or as a hex dump; the record itself is marked. */
export function SourceBytes({ place }: { readonly place: SourcePlace }) {
  const { sha256, member, offset, length } = place
  const [form, setForm] = useState<Form>(lastForm)
  const [start, setStart] = useState(windowStart(offset))
  const found = useEngineQuery(
    'import.bytes',
    { sha256, member, offset: start, length: windowBytes },
    { keepPrevious: true },
  )
  const answer = found.data
  const bytes = useMemo(() => (answer === undefined ? new Uint8Array() : bytesOf(answer.base64)), [answer])
  const choose = (next: Form) => {
    lastForm = next
    setForm(next)
  }
  return (
    <div className="ct-bytes">
      <LoadingLine active={found.isFetching} />
      <div className="ct-bar">
        <fieldset className="ct-form-switch">
          <legend className="ct-hidden">Form of the bytes</legend>
          {(['text', 'hex'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={form === name} onClick={() => choose(name)}>
              {name === 'text' ? 'Text' : 'Hex'}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          className="ct-link"
          disabled={start === 0}
          onClick={() => setStart(Math.max(0, start - windowBytes))}
        >
          Before
        </button>
        <button
          type="button"
          className="ct-link"
          disabled={answer === undefined || answer.atEnd}
          onClick={() => setStart(start + windowBytes)}
        >
          After
        </button>
        <button type="button" className="ct-link" onClick={() => setStart(windowStart(offset))}>
          To the record
        </button>
        <JumpField onJump={(at) => setStart(windowStart(at))} />
        <span className="ct-grow" />
        {answer === undefined ? null : <Where answer={answer} count={bytes.length} />}
      </div>
      <QueryError error={found.error} retry={found.refetch} />
      {answer === undefined || found.error !== null ? null : bytes.length === 0 ? (
        <p className="ct-dim ct-bytes-none">Nothing stands here: the file ends before it.</p>
      ) : form === 'hex' ? (
        <Hex bytes={bytes} offset={answer.offset} record={{ offset, length }} />
      ) : (
        <Text answer={answer} bytes={bytes} record={{ offset, length }} />
      )}
    </div>
  )
}

function Where({ answer, count }: { readonly answer: Answer; readonly count: number }) {
  return (
    <span className="ct-dim ct-bytes-where">
      bytes {formatCount(answer.offset)}–{formatCount(answer.offset + count)}
      {answer.atEnd ? ', to the end' : ''} of the {answer.from === 'copy' ? 'copy in the case' : 'original'}, hash
      checked
      {answer.encoding === 'utf-8' ? '' : `, ${answer.encoding.toUpperCase()}`}
    </span>
  )
}

function JumpField({ onJump }: { readonly onJump: (offset: number) => void }) {
  const [text, setText] = useState('')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const at = Number(text.replaceAll(/[\s,_]/g, ''))
        if (text.trim() !== '' && Number.isSafeInteger(at) && at >= 0) {
          onJump(at)
          setText('')
        }
      }}
    >
      <input
        className="ct-input ct-bytes-jump"
        inputMode="numeric"
        aria-label="Go to byte"
        placeholder="Go to byte…"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </form>
  )
}

function Text({
  answer,
  bytes,
  record,
}: {
  readonly answer: Answer
  readonly bytes: Uint8Array
  readonly record: ByteRange
}) {
  const parts = useMemo(() => textParts(answer, bytes, record), [answer, bytes, record])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="ct-bytes-text" tabIndex={0} aria-label="Bytes as text">
      <span className="ct-dim">
        <Evidence text={parts.before} breaks />
      </span>
      {parts.record === '' ? null : (
        <mark>
          <Evidence text={parts.record} breaks />
        </mark>
      )}
      <span className="ct-dim">
        <Evidence text={parts.after} breaks />
      </span>
    </section>
  )
}

function Hex({
  bytes,
  offset,
  record,
}: {
  readonly bytes: Uint8Array
  readonly offset: number
  readonly record: ByteRange
}) {
  const rows = useMemo(() => hexRows(bytes, offset), [bytes, offset])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="ct-bytes-hex" tabIndex={0} aria-label="Bytes in hexadecimal">
      {rows.map((row) => {
        const from = Math.min(Math.max(0, record.offset - row.offset), row.hex.length)
        const to = Math.min(Math.max(from, record.offset + record.length - row.offset), row.hex.length)
        return (
          <span key={row.offset} className="ct-bytes-row">
            <span className="ct-dim">{hexOffset(row.offset)} </span>
            <Marked parts={row.hex.map((pair) => ` ${pair}`)} from={from} to={to} width={48} />
            {'  '}
            <Marked parts={[...row.ascii]} from={from} to={to} width={16} />
            {'\n'}
          </span>
        )
      })}
    </section>
  )
}

function Marked({
  parts,
  from,
  to,
  width,
}: {
  readonly parts: readonly string[]
  readonly from: number
  readonly to: number
  readonly width: number
}) {
  const text = parts.join('')
  return (
    <>
      {parts.slice(0, from).join('')}
      {to > from ? <mark>{parts.slice(from, to).join('')}</mark> : null}
      {parts.slice(to).join('')}
      {' '.repeat(Math.max(0, width - text.length))}
    </>
  )
}
