import { Button } from '@blueprintjs/core'
import { useState } from 'react'

interface Props {
  readonly label: string
  readonly placeholder: string
  /** False keeps what was typed. */
  readonly onAdd: (text: string) => Promise<boolean>
}

/** One line that makes something by Enter. */
export function AddLine({ label, placeholder, onAdd }: Props) {
  const [text, setText] = useState('')
  return (
    <form
      className="ct-bar"
      onSubmit={(event) => {
        event.preventDefault()
        const wanted = text.trim()
        if (wanted === '') return
        void onAdd(wanted).then((done) => {
          if (done) setText('')
        })
      }}
    >
      <input
        className="ct-input ct-grow"
        aria-label={label}
        placeholder={placeholder}
        maxLength={300}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button size="small" type="submit" disabled={text.trim() === ''}>
        Add
      </Button>
    </form>
  )
}
