/** How values of the model read on paper. */

import type { Block, Column, Tone, Value } from '../../contract/reportBlocks'
import type { Cell } from '../db/values'
import type { Fact, ModelTable } from './model'
import type { Print } from './sections/section'
import type { PrintTime } from './zone'

export function count(value: number): string {
  return value.toString().replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** `1 note`, `1,234 notes`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`
}

/** Bytes with the unit that keeps them short; exact below 10 KiB. */
export function size(bytes: number): string {
  if (bytes < 10_240) return `${count(bytes)} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  let value = bytes
  let unit = -1
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit++
  }
  return `${value.toFixed(1)} ${units[unit] ?? 'B'}`
}

/** Nanoseconds as decimal text. */
export function duration(ns: string): string {
  const value = Number(ns)
  if (value < 1_000) return `${value} ns`
  if (value < 1_000_000) return `${(value / 1_000).toFixed(1)} µs`
  if (value < 1_000_000_000) return `${(value / 1_000_000).toFixed(1)} ms`
  return `${(value / 1_000_000_000).toFixed(2)} s`
}

/** `1 h 35 min`, `2 d 4 h`; seconds below a minute. */
export function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3_600) % 24,
    Math.floor(seconds / 60) % 60,
  ]
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`
  if (hours > 0) return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`
  return minutes > 0 ? `${minutes} min` : `${seconds} s`
}

/** A word of a list as it begins a line. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

const outcomeWords: Readonly<Record<string, readonly [string, Tone]>> = {
  success: ['allowed', 'good'],
  denied: ['denied', 'bad'],
  auth_failed: ['sign-in failed', 'bad'],
  throttled: ['throttled', 'warn'],
  failed: ['failed', 'warn'],
  interrupted: ['interrupted', 'warn'],
  unknown: ['outcome unknown', 'muted'],
}

export function outcomeWord(outcome: string): string {
  return (Object.hasOwn(outcomeWords, outcome) ? outcomeWords[outcome]?.[0] : undefined) ?? outcome
}

export function outcomeTone(outcome: string): Tone {
  return (Object.hasOwn(outcomeWords, outcome) ? outcomeWords[outcome]?.[1] : undefined) ?? 'plain'
}

/** One cell of the model: lists joined, structures as `name=value`. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (Array.isArray(cell)) return cell.map(cellText).join(', ')
  if (typeof cell === 'object')
    return Object.entries(cell)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => `${key}=${cellText(value)}`)
      .join(' ')
  return String(cell)
}

export function factText(fact: Fact, time: PrintTime): string {
  if (typeof fact.value === 'number') return count(fact.value)
  return fact.kind === 'time' && fact.value !== 'none' ? time(fact.value) : fact.value
}

/** Figures that say something, labelled; those that are zero or none are left out. */
export function factValues(facts: readonly Fact[], { time, label }: Print): Value[] {
  return facts
    .filter(({ value }) => value !== 'none' && value !== 0)
    .map((fact) => ({ label: label(fact.label), value: factText(fact, time) }))
}

/** A table of the model as a block; `widths` are shares, 0 for as wide as the content. */
export function tableBlock(table: ModelTable, widths: readonly number[], print: Print): Block {
  const { time, label } = print
  const columns = table.columns.map(
    ({ title, kind }, index): Column => ({
      title: label(title),
      align: kind === 'count' ? 'right' : 'left',
      mono: kind === 'mono',
      nowrap: kind === 'time',
      width: widths[index] ?? 0,
    }),
  )
  return {
    kind: 'table',
    columns,
    rows: table.rows.map((row) =>
      row.map((cell, index) => {
        const kind = table.columns[index]?.kind
        // To the second: a ranking has no room for more, and the model keeps the rest.
        if (kind === 'time') return cell === null ? '' : time(cellText(cell).replace(/\.\d+/, ''))
        const title = table.columns[index]?.title
        if (title === 'Outcome') return label(outcomeWord(cellText(cell)))
        if (title === 'Level') return label(cellText(cell))
        return typeof cell === 'number' ? count(cell) : cellText(cell)
      }),
    ),
    note: leftOut(table.rows.length, table.total, print),
  }
}

export function leftOut(shown: number, total: number, { say }: Print): string | null {
  if (shown >= total) return null
  return say('{shown} of {total} are printed; the others are in the case.', {
    shown: count(shown),
    total: count(total),
  })
}
