import { useId, useMemo, useState } from 'react'
import { Modal } from '../ui/Modal'
import { type Command, isMac, keyLabel, searchCommands } from './command'

/** Everything the window can do, by typing a part of its name. Enter runs, Escape closes. */
export function CommandPalette({
  commands,
  onClose,
}: {
  readonly commands: readonly Command[]
  readonly onClose: () => void
}) {
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const listId = useId()
  const found = useMemo(
    () =>
      searchCommands(
        commands.filter((command) => command.enabled !== false),
        typed,
      ),
    [commands, typed],
  )
  const index = Math.min(active, Math.max(0, found.length - 1))
  const run = (command: Command | undefined) => {
    if (command === undefined) return
    onClose()
    command.run()
  }
  return (
    <Modal label="Command palette" onClose={onClose} className="ct-palette">
      <input
        className="ct-palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length === 0 ? undefined : `${listId}-${index}`}
        aria-label="Type a command"
        placeholder="Type a command…"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setActive(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setActive((index + 1) % Math.max(1, found.length))
          else if (event.key === 'ArrowUp') setActive((index + found.length - 1) % Math.max(1, found.length))
          else if (event.key === 'Enter') run(found[index])
          else return
          event.preventDefault()
        }}
      />
      <div className="ct-palette-list" role="listbox" id={listId} aria-label="Commands">
        {found.map((command, position) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox above holds the focus and handles the keys
          <div
            key={command.id}
            id={`${listId}-${position}`}
            role="option"
            tabIndex={-1}
            aria-selected={position === index}
            className="ct-palette-option"
            ref={position === index ? scrollIntoView : null}
            onMouseMove={() => setActive(position)}
            onClick={() => run(command)}
          >
            <span className="ct-dim ct-palette-group">{command.group}</span>
            <span>{command.title}</span>
            <KeyCaps keys={command.keys ?? []} />
          </div>
        ))}
        {found.length === 0 ? <p className="ct-dim ct-pad">No command has these words.</p> : null}
      </div>
    </Modal>
  )
}

function scrollIntoView(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' })
}

export function KeyCaps({ keys }: { readonly keys: readonly string[] }) {
  const mac = isMac()
  return (
    <span className="ct-keys">
      {keys.map((key) => (
        <kbd key={key}>{keyLabel(key, mac)}</kbd>
      ))}
    </span>
  )
}
