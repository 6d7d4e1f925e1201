import type { Value } from '../../../contract/reportBlocks'

/** A labelled value, or none where there is nothing to say. */
export function value(label: string, text: string, mono = false): Value[] {
  return text === '' ? [] : [{ label, value: text, ...(mono ? { mono } : {}) }]
}

export function joined(first: string, ...rest: readonly string[]): string {
  return [first, ...rest].filter((part) => part !== '').join(' · ')
}
