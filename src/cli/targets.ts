/** What the words of a command line say something about: `--event`, `--trace`, `--span`, `--case`, `--target KIND:ID`. */
import { AppError } from '../common/errors'
import { parseInstant } from '../common/time'
import { type NoteTarget, noteTargets } from '../contract/notes'
import { type EvidenceItem, figureKinds } from '../contract/work'
import type { CommandInput } from './words'

export function targetsOf(input: CommandInput): NoteTarget[] {
  return [
    ...input.texts('event').map((id): NoteTarget => ({ kind: 'event', id })),
    ...input.texts('trace').map((id): NoteTarget => ({ kind: 'trace', id })),
    ...input.texts('span').map((id): NoteTarget => ({ kind: 'span', id })),
    ...input.texts('target').map(parseTarget),
    ...(input.flag('case') ? [{ kind: 'case', id: '' } as const] : []),
  ]
}

/** Records, queries and figures, in this order; a text that they share comes from `--text`. */
export function evidenceOf(input: CommandInput): EvidenceItem[] {
  const text = input.text('text') ?? ''
  return [
    ...targetsOf(input).map((target): EvidenceItem => ({ about: { kind: 'record', target }, text })),
    ...input.texts('query').map((where): EvidenceItem => ({ about: { kind: 'query', where }, text })),
    ...input.texts('figure').map((given): EvidenceItem => {
      const [name, where] = halves(given)
      const figure = figureKinds.find((kind) => kind === name)
      if (figure === undefined)
        throw new AppError(
          'usage',
          `--figure is written ${figureKinds.join(' or ')}, or with a filter as timeline:FILTER.`,
        )
      return { about: { kind: 'figure', figure, where }, text }
    }),
  ]
}

function parseTarget(text: string): NoteTarget {
  const [name, id] = halves(text)
  const kind = noteTargets.find((one) => one === name)
  if (kind === undefined) throw new AppError('usage', `--target is KIND:ID; the kinds are ${noteTargets.join(', ')}.`)
  return { kind, id: kind === 'time' ? timeRange(id) : id }
}

/** `FROM..TO` with full times becomes microseconds; what is written so already stays. */
function timeRange(id: string): string {
  const [from, to] = id.split('..').map((part) => parseInstant(part))
  return from?.zoned === true && to?.zoned === true ? `${from.us}-${to.us}` : id
}

function halves(text: string): readonly [string, string] {
  const colon = text.indexOf(':')
  return colon === -1 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

/** One of the words that are allowed, or nothing. Errors: `usage`, naming them. */
export function oneOf<T extends string>(input: CommandInput, option: string, allowed: readonly T[]): T | undefined {
  const text = input.text(option)
  if (text === undefined) return undefined
  const found = allowed.find((word) => word === text)
  if (found === undefined) throw new AppError('usage', `--${option} is one of ${allowed.join(', ')}.`)
  return found
}

/** The members that have a value. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

export function wordAt(input: CommandInput, place: number, what: string): string {
  const word = input.positionals[place]
  if (word === undefined) throw new AppError('usage', `Name ${what}.`)
  return word
}
