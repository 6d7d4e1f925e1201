/** Finds how the times of a field are written. Where that cannot be told, it says so instead of choosing. */

import { anyClock, parseInstant } from '../../common/time'
import { epochUnitOf } from '../formats/generic/epoch'
import { compilePattern } from '../formats/generic/strptime'
import { plainPatterns } from '../formats/generic/time'
import type { Field } from './fields'
import { dayFirst, monthFirst } from './timePatterns'

export interface TimeFormatProposal {
  readonly format: string
  readonly reason: string
  /** None of the times names its zone. */
  readonly zoneless: boolean
  readonly warning?: string
}

export function proposeTimeFormat(values: readonly string[]): TimeFormatProposal | undefined {
  const share = (test: (value: string) => boolean) => values.filter(test).length / Math.max(1, values.length)
  const nearlyAll = (test: (value: string) => boolean) => share(test) >= enough
  if (nearlyAll((value) => parseInstant(value, anyClock) !== undefined))
    return {
      format: 'rfc3339',
      reason: 'RFC 3339',
      zoneless: !values.some((value) => parseInstant(value, anyClock)?.zoned === true),
    }
  for (const unit of ['s', 'ms', 'us', 'ns'] as const)
    if (nearlyAll((value) => epochUnitOf(value) === unit))
      return { format: `epoch_${unit}`, reason: `by their size, ${unitNames[unit]} since 1970`, zoneless: false }
  const plain = bestOf(plainPatterns, share)
  if (plain !== undefined) return written(plain.format)
  const day = bestOf(dayFirst, share)
  const month = bestOf(monthFirst, share)
  if (day !== undefined && month !== undefined && day.share === month.share)
    return {
      format: 'auto',
      reason: 'day and month cannot be told apart',
      zoneless: true,
      warning: `The times fit ${day.format} and ${month.format}: say which of them it is.`,
    }
  const best = (day?.share ?? 0) > (month?.share ?? 0) ? day : month
  return best === undefined ? undefined : written(best.format)
}

/** A broken time here and there does not hide how the others are written. */
const enough = 0.6

/** The pattern that most of the values fit. */
function bestOf(
  patterns: readonly string[],
  share: (test: (value: string) => boolean) => number,
): { readonly format: string; readonly share: number } | undefined {
  let best: { readonly format: string; readonly share: number } | undefined
  for (const format of patterns) {
    const pattern = compilePattern(format)
    if ('problem' in pattern) continue
    const fitting = share((value) => isValid(pattern.parse(value)))
    if (fitting >= enough && fitting > (best?.share ?? 0)) best = { format, share: fitting }
  }
  return best
}

const unitNames = { s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds' } as const

function written(format: string): TimeFormatProposal {
  return { format, reason: `written as ${format}`, zoneless: !/%[zZ]/.test(format) }
}

/** A pattern may put together a day that is none (the 13th month), which only the parser of instants sees. */
function isValid(parsed: ReturnType<Extract<ReturnType<typeof compilePattern>, { parse: unknown }>['parse']>): boolean {
  return typeof parsed === 'string' ? parseInstant(parsed, anyClock) !== undefined : parsed !== undefined
}

/** A date in one field and a time of day in another. */
export function dateAndTime(fields: readonly Field[]): readonly [Field, Field] | undefined {
  const date = fields.find(({ shapes }) => shapes.includes('date'))
  const timeOfDay = fields.find(({ shapes }) => shapes.includes('time-of-day'))
  return date === undefined || timeOfDay === undefined ? undefined : [date, timeOfDay]
}

export function joined([date, timeOfDay]: readonly [Field, Field]): string[] {
  return date.texts.flatMap((text, record) => {
    const time = timeOfDay.texts[record]
    return text === undefined || time === undefined ? [] : [`${text} ${time}`]
  })
}
