import { plainPatterns } from '../formats/generic/time'

/**
 * Patterns whose day and month stand in numbers: with points the day comes first, with slashes and dashes they are
 * proposed where the values tell the two apart.
 */
export const dayFirst = [
  '%d.%m.%Y %H:%M:%S',
  '%d.%m.%Y %H:%M',
  '%d/%m/%Y %H:%M:%S',
  '%d/%m/%Y %H:%M',
  '%d/%m/%Y %I:%M:%S %p',
  '%d-%m-%Y %H:%M:%S',
] as const

export const monthFirst = [
  '%m/%d/%Y %H:%M:%S',
  '%m/%d/%Y %H:%M',
  '%m/%d/%Y %I:%M:%S %p',
  '%m/%d/%Y, %I:%M:%S %p',
  '%m-%d-%Y %H:%M:%S',
] as const

export const writtenPatterns: readonly string[] = [...plainPatterns, ...dayFirst, ...monthFirst]
