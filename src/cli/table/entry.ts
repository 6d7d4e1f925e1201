/** How a command is described, and what its options are made of. */
import type { CommandInput } from '../words'

interface CommandModule {
  /** Returns the exit code; nothing means done. */
  run(input: CommandInput): Promise<number | undefined> | Promise<void>
}

export interface CommandOption {
  readonly name: string
  readonly kind: 'text' | 'texts' | 'flag'
}

export interface CommandEntry {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly options: readonly CommandOption[]
  /** Least and most words besides options. */
  readonly positionals: readonly [number, number]
  load(): Promise<CommandModule>
}

export const text = (...names: string[]): CommandOption[] => names.map((name) => ({ name, kind: 'text' }))
export const texts = (...names: string[]): CommandOption[] => names.map((name) => ({ name, kind: 'texts' }))
export const flag = (...names: string[]): CommandOption[] => names.map((name) => ({ name, kind: 'flag' }))
export const targetOptions = [...texts('event', 'trace', 'span', 'target'), ...flag('case')]
