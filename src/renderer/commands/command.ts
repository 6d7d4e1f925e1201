/** One act of the window: the palette lists it, its keys run it, the shortcut sheet explains it. */
export interface Command {
  readonly id: string
  readonly title: string
  readonly group: 'Go to' | 'Case' | 'Filter' | 'Selection' | 'Case work' | 'Window'
  /** As `keyName` gives it: `mod+k`, `shift+?` is written `?`. Several keys may do the same. */
  readonly keys?: readonly string[]
  /** Absent or true: can run now. */
  readonly enabled?: boolean
  run(): void
}

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** The name of a key press; `mod` is Ctrl, or Cmd on a Mac. Shift is named only where the key itself does not tell. */
export function keyName(press: KeyPress, mac: boolean): string {
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key
  const mod = mac ? press.metaKey : press.ctrlKey
  const ctrl = mac && press.ctrlKey
  const letter = /^[a-z]$/.test(key)
  const shift = press.shiftKey && (letter || press.key.length > 1)
  return [mod ? 'mod' : '', ctrl ? 'ctrl' : '', press.altKey ? 'alt' : '', shift ? 'shift' : '', key]
    .filter((part) => part !== '')
    .join('+')
}

const arrows: ReadonlyMap<string, string> = new Map([
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
])

/** Keys for people: `Ctrl K`, `⌘ K`, `?`. */
export function keyLabel(key: string, mac: boolean): string {
  return key
    .split(/\+(?=.)/)
    .map((part) => {
      if (part === 'mod') return mac ? '⌘' : 'Ctrl'
      if (part === 'shift') return mac ? '⇧' : 'Shift'
      if (part === 'alt') return mac ? '⌥' : 'Alt'
      const arrow = arrows.get(part)
      if (arrow !== undefined) return arrow
      return part.length === 1 ? part.toUpperCase() : part
    })
    .join(' ')
}

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent)
}

/**
 * Commands whose title or group has all the typed words, best first: words at the start of the title, then words at
 * the start of a word, then anywhere. Nothing typed gives all, in their own order.
 */
export function searchCommands(commands: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return commands
  const scored: { readonly command: Command; readonly score: number; readonly order: number }[] = []
  commands.forEach((command, order) => {
    const title = command.title.toLowerCase()
    const text = `${title} ${command.group.toLowerCase()}`
    if (!words.every((word) => text.includes(word))) return
    const score = words.reduce((sum, word) => sum + wordScore(title, word), 0)
    scored.push({ command, score, order })
  })
  return scored.sort((a, b) => b.score - a.score || a.order - b.order).map(({ command }) => command)
}

function wordScore(title: string, word: string): number {
  if (title.startsWith(word)) return 3
  if (title.includes(` ${word}`)) return 2
  return title.includes(word) ? 1 : 0
}
