/** Puts placeholders in the place of values: in a text as it is and in every view of it. */
import { Automaton } from './automaton'
import type { Bound, Value } from './dictionary'
import type { Placeholders } from './placeholders'
import { changeViews } from './views'

const memoSize = 20_000
const memoLength = 2000

export interface Redactor {
  text(value: string): string
  /** Placeholders that were used, by kind. */
  used(): ReadonlyMap<string, number>
}

export function makeRedactor(values: readonly Value[], placeholders: Placeholders): Redactor {
  const written: {
    readonly text: string
    readonly placeholder: string
    readonly bound: Bound
    readonly value: Value
  }[] = []
  const inOrder = [...values].sort((a, b) => Number(a.kind === 'mail') - Number(b.kind === 'mail'))
  for (const value of inOrder) {
    const placeholder = placeholders.of(value.kind, value.value)
    written.push({ text: value.value, placeholder, bound: value.bound, value })
    // ip-10-0-0-1, and the quote of SQL.
    if (value.kind === 'addresses' && value.value.includes('.'))
      written.push({
        text: value.value.replaceAll('.', '-'),
        placeholder: placeholder.replaceAll('.', '-'),
        bound: 'digits',
        value,
      })
    if (value.value.includes("'"))
      written.push({ text: value.value.replaceAll("'", "''"), placeholder, bound: value.bound, value })
  }
  const automaton = new Automaton(written.map(({ text }) => text))
  const used = new Map<Value, true>()
  const memo = new Map<string, string>()

  const plain = (text: string): string => {
    let result = ''
    let from = 0
    let best: { start: number; end: number; pattern: number } | undefined
    const put = () => {
      if (best === undefined) return
      const entry = written[best.pattern]
      result += text.slice(from, best.start) + (entry?.placeholder ?? '')
      if (entry !== undefined) used.set(entry.value, true)
      from = best.end
      best = undefined
    }
    for (const hit of automaton.find(text)) {
      if (hit.start < from || !isBounded(text, hit.start, hit.end, written[hit.pattern]?.bound ?? 'none')) continue
      if (best !== undefined && hit.start >= best.end) put()
      // The one that begins first, and of those the longest.
      if (best === undefined || hit.start <= best.start) best = hit
    }
    put()
    return from === 0 ? text : result + text.slice(from)
  }
  return {
    text(value) {
      const known = memo.get(value)
      if (known !== undefined) return known
      const result = changeViews(value, plain)
      if (value.length <= memoLength) {
        if (memo.size >= memoSize) memo.clear()
        memo.set(value, result)
      }
      return result
    },
    used() {
      const counts = new Map<string, number>()
      for (const { kind } of used.keys()) counts.set(kind, (counts.get(kind) ?? 0) + 1)
      return counts
    },
  }
}

const letterOrDigit = /[\p{L}\p{N}]/u

/** Whether what stands beside makes other text of it. */
export function isBounded(text: string, start: number, end: number, bound: Bound): boolean {
  if (bound === 'none') return true
  const [before, after] = [text[start - 1] ?? '', text[end] ?? '']
  if (bound === 'word') return !letterOrDigit.test(before) && !letterOrDigit.test(after)
  return !/\d/.test(before) && !/\d/.test(after)
}
