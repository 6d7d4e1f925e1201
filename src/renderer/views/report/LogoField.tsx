import { Button } from '@blueprintjs/core'
import { useRef } from 'react'
import { LOGO_BYTES } from '../../../contract/report'
import { useWorkbench } from '../../state/workbench'
import { sayError } from '../../ui/runTask'

/** A picture for the cover. The engine checks it and keeps it with the case; here it is only handed over. */
export function LogoField({ logo, set }: { readonly logo: string; readonly set: (sha256: string) => void }) {
  const { client, tasks } = useWorkbench()
  const input = useRef<HTMLInputElement>(null)
  const take = async (file: File | undefined) => {
    if (file === undefined) return
    if (file.size > LOGO_BYTES) {
      tasks.getState().say({ intent: 'danger', text: `A logo has at most ${LOGO_BYTES / 1024} KiB.` })
      return
    }
    try {
      const data = base64(new Uint8Array(await file.arrayBuffer()))
      set((await client.call('report.logo', { data })).sha256)
    } catch (error) {
      sayError(tasks, error)
    }
  }
  return (
    <div className="ct-composer-logo">
      <span>Logo{logo === '' ? '' : ': on the cover'}</span>
      <Button size="small" onClick={() => input.current?.click()}>
        {logo === '' ? 'Choose a PNG or SVG…' : 'Change…'}
      </Button>
      {logo === '' ? null : (
        <Button size="small" variant="minimal" onClick={() => set('')}>
          Remove
        </Button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File of the logo"
        accept="image/png,image/svg+xml,.png,.svg"
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
    </div>
  )
}

function base64(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}
