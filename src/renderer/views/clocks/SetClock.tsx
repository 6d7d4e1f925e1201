import { Button } from '@blueprintjs/core'
import { type FormEvent, useId, useState } from 'react'
import type { ClockRow } from '../../../contract/linking'
import { useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { Modal } from '../../ui/Modal'
import { sayError } from '../../ui/runTask'
import { activeOffsetUs } from './bands'

const DAY_SECONDS = 86_400

/** The analyst's word on one clock; links are found anew with it, so it is confirmed here. */
export function SetClock({ clock, onClose }: { readonly clock: ClockRow; readonly onClose: () => void }) {
  const { client, tasks } = useWorkbench()
  const id = useId()
  const [seconds, setSeconds] = useState(String((clock.set?.offsetUs ?? clock.offsetUs) / 1e6))
  const [busy, setBusy] = useState(false)
  const value = seconds.trim() === '' ? Number.NaN : Number(seconds)
  const valid = Number.isFinite(value) && Math.abs(value) <= DAY_SECONDS
  const save = async (enabled: boolean) => {
    if (!valid || busy) return
    setBusy(true)
    const { source, service } = clock
    try {
      await client.call('clocks.set', { source, service, offsetUs: Math.round(value * 1e6), enabled })
      tasks.getState().say({ intent: 'success', text: 'The clock is kept in the journal; links were found anew.' })
      onClose()
    } catch (error) {
      sayError(tasks, error)
      setBusy(false)
    }
  }
  return (
    <Modal label="Set a clock" onClose={onClose}>
      <form
        className="ct-ck-form"
        onSubmit={(event: FormEvent) => {
          event.preventDefault()
          void save(true)
        }}
      >
        <h2>
          <Evidence text={clock.source} /> against <Evidence text={clock.service ?? 'all services'} />
        </h2>
        <p>
          <Evidence text={clock.text} />
        </p>
        <label htmlFor={id}>Seconds that the source is ahead of the spans (negative: behind)</label>
        <input
          id={id}
          className="bp6-input"
          inputMode="decimal"
          value={seconds}
          aria-invalid={!valid}
          onChange={(event) => setSeconds(event.currentTarget.value)}
        />
        {valid ? null : <p role="alert">A number of seconds, at most a day to either side.</p>}
        <p className="ct-dim">
          Stated times do not change. The window for links of this source moves by the offset, and all links are found
          anew; confirmed and rejected ones stay.
        </p>
        <div className="ct-bar">
          <Button type="submit" intent="primary" disabled={!valid || busy}>
            Use this offset
          </Button>
          <Button disabled={!valid || busy || activeOffsetUs(clock) === null} onClick={() => void save(false)}>
            Switch off
          </Button>
          <Button disabled={busy} onClick={onClose}>
            Leave as it is
          </Button>
        </div>
      </form>
    </Modal>
  )
}
