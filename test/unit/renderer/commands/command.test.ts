import { describe, expect, it } from 'vitest'
import { type Command, keyLabel, keyName, searchCommands } from '../../../../src/renderer/commands/command'

const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('keys', () => {
  it('name the platform key once for all platforms', () => {
    expect(keyName(press('k', { ctrlKey: true }), false)).toBe('mod+k')
    expect(keyName(press('k', { metaKey: true }), true)).toBe('mod+k')
    expect(keyName(press('k', { ctrlKey: true }), true)).toBe('ctrl+k')
  })

  it('name shift only where the character does not tell', () => {
    expect(keyName(press('?', { shiftKey: true }), false)).toBe('?')
    expect(keyName(press('Z', { shiftKey: true, ctrlKey: true }), false)).toBe('mod+shift+z')
    expect(keyName(press('+', { shiftKey: true }), false)).toBe('+')
  })

  it('are written for people', () => {
    expect(keyLabel('mod+shift+z', false)).toBe('Ctrl Shift Z')
    expect(keyLabel('mod+k', true)).toBe('⌘ K')
    expect(keyLabel('+', false)).toBe('+')
    expect(keyLabel('ArrowDown', false)).toBe('↓')
  })
})

describe('searching commands', () => {
  const command = (title: string, group: Command['group'] = 'Window'): Command => ({
    id: title,
    title,
    group,
    run: () => undefined,
  })
  const all = [
    command('Show UTC times'),
    command('Theme: dark'),
    command('Traces', 'Go to'),
    command('The trace of the event', 'Selection'),
  ]

  it('finds all words anywhere, best first', () => {
    expect(searchCommands(all, 'tra').map(({ title }) => title)).toEqual(['Traces', 'The trace of the event'])
    expect(searchCommands(all, 'times utc').map(({ title }) => title)).toEqual(['Show UTC times'])
    expect(searchCommands(all, 'go tr').map(({ title }) => title)).toEqual(['Traces'])
  })

  it('gives all for nothing and none for nonsense', () => {
    expect(searchCommands(all, '  ')).toHaveLength(4)
    expect(searchCommands(all, '[(')).toHaveLength(0)
  })
})
