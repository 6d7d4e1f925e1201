/** From the words of a command line to values. Errors: `usage`, naming the word. */
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { AppError } from '../common/errors'
import type { CommandEntry } from './commandTable'

export interface CommandInput {
  readonly positionals: readonly string[]
  readonly json: boolean
  text(option: string): string | undefined
  texts(option: string): readonly string[]
  flag(option: string): boolean
  /** A whole number of at least `min`. */
  number(option: string, min?: number): number | undefined
}

export function parseWords(command: CommandEntry, words: readonly string[]): CommandInput {
  const options: NonNullable<ParseArgsConfig['options']> = { json: { type: 'boolean' } }
  for (const option of command.options)
    options[option.name] =
      option.kind === 'flag' ? { type: 'boolean' } : { type: 'string', multiple: option.kind === 'texts' }
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({ args: joinNegatives(words), options, allowPositionals: true, strict: true })
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'the words cannot be understood'
    throw new AppError('usage', `${reason}. Usage: crosstrail ${command.usage}`)
  }
  const { values, positionals } = parsed
  const [min, max] = command.positionals
  if (positionals.length < min || positionals.length > max)
    throw new AppError('usage', `Usage: crosstrail ${command.usage}`)
  const text = (name: string) => {
    const value = values[name]
    return typeof value === 'string' ? value : undefined
  }
  return {
    positionals,
    json: values.json === true,
    text,
    texts: (name) => {
      const value = values[name]
      return Array.isArray(value) ? value.map(String) : []
    },
    flag: (name) => values[name] === true,
    number(name, least = 0) {
      const value = text(name)
      if (value === undefined) return undefined
      if (!/^\d{1,15}$/.test(value) || Number(value) < least)
        throw new AppError('usage', `--${name} takes a whole number of at least ${least}.`)
      return Number(value)
    },
  }
}

/** `--order -ts` and `--where -x:y`: a value that begins with a dash is joined to its option. */
function joinNegatives(words: readonly string[]): string[] {
  const joined: string[] = []
  for (const word of words) {
    const before = joined.at(-1)
    if (
      (before === '--order' || before === '--where' || before === '--text' || before === '--offset') &&
      word.startsWith('-')
    )
      joined[joined.length - 1] = `${before}=${word}`
    else joined.push(word)
  }
  return joined
}
