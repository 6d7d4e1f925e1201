import { expect, it } from 'vitest'
import { argsText, opText } from '../../../../src/renderer/casework/historyText'

it('says acts of the journal in words', () => {
  expect(opText('finding.update')).toBe('finding changed')
  expect(opText('mark.set')).toBe('mark set')
  const args = {
    targets: [
      { kind: 'event', id: '1' },
      { kind: 'event', id: '2' },
    ],
    change: { star: true, addTags: ['x', 'y'] },
  }
  expect(argsText(JSON.stringify(args))).toBe('star: yes; add tags: x, y; on 2 items')
  expect(argsText(JSON.stringify({ id: 'f', title: 'T', evidence: [{}] }))).toBe('title: T; evidence: 1 entry')
})

it('shows hidden characters of what was written, cuts long text between characters, and survives damage', () => {
  expect(argsText(JSON.stringify({ title: 'a\u202eb' }))).toBe('title: a[U+202E]b')
  expect(argsText(JSON.stringify({ title: '😀'.repeat(500) }))).toBe(`title: ${'😀'.repeat(120)}…`)
  expect(argsText('{')).toBe('')
  expect(argsText('3')).toBe('')
})
