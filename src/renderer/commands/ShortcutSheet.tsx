import { Modal } from '../ui/Modal'
import { KeyCaps } from './CommandPalette'
import type { Command } from './command'

interface Shortcut {
  readonly title: string
  readonly keys: readonly string[]
}

/** Keys that a view handles itself while it has the focus. */
const inViews: readonly { readonly group: string; readonly rows: readonly Shortcut[] }[] = [
  {
    group: 'Lists and the event table',
    rows: [
      { title: 'Next, previous row', keys: ['j', 'k', 'ArrowDown', 'ArrowUp'] },
      { title: 'Page down, page up', keys: ['PageDown', 'PageUp'] },
      { title: 'First, last row', keys: ['Home', 'End'] },
      { title: 'Select the row', keys: ['Enter'] },
      { title: 'Choose several rows (or click)', keys: ['shift+ArrowDown', 'mod+Space'] },
      { title: 'Choose all rows, or none', keys: ['mod+a', 'Escape'] },
    ],
  },
  {
    group: 'Timeline and waterfall',
    rows: [
      { title: 'Zoom in, out, all', keys: ['+', '-', '0'] },
      { title: 'Move in time, or collapse and expand', keys: ['ArrowLeft', 'ArrowRight'] },
      { title: 'Waterfall: earlier, later, next failure', keys: ['[', ']', 'x'] },
    ],
  },
  {
    group: 'Access graph',
    rows: [
      { title: 'Next node in that direction', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] },
      { title: 'Zoom in, out, actual size, all', keys: ['+', '-', '0', '9'] },
      { title: 'Pin the node, filter by it', keys: ['p', 'f'] },
    ],
  },
  {
    group: 'Rail, filter and console',
    rows: [
      { title: 'Rail: view above, below, first, last', keys: ['ArrowUp', 'ArrowDown', 'Home', 'End'] },
      { title: 'Rail: the view in a pane beside', keys: ['shift+Enter'] },
      { title: 'Filter: take the completion, how to write filters', keys: ['Tab', 'F1'] },
      { title: 'Menu of the value under the focus', keys: ['shift+F10'] },
      { title: 'Console: run', keys: ['mod+Enter'] },
    ],
  },
]

export function ShortcutSheet({
  commands,
  onClose,
}: {
  readonly commands: readonly Command[]
  readonly onClose: () => void
}) {
  const groups = new Map<string, Shortcut[]>()
  for (const { group, title, keys } of commands) {
    if (keys === undefined) continue
    groups.set(group, [...(groups.get(group) ?? []), { title, keys }])
  }
  const all = [...[...groups].map(([group, rows]) => ({ group, rows })), ...inViews]
  return (
    <Modal label="Keyboard shortcuts" onClose={onClose} className="ct-sheet">
      <h2>Keyboard shortcuts</h2>
      <div className="ct-sheet-groups">
        {all.map(({ group, rows }) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {rows.map((row) => (
                <div key={row.title}>
                  <dt>{row.title}</dt>
                  <dd>
                    <KeyCaps keys={row.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
