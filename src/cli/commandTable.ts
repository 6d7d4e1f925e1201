/** Every command, in the order of the help. Nothing heavy is loaded to print this. */

import { askingCommands } from './table/asking'
import { caseworkCommands } from './table/casework'
import { crossingCommands } from './table/crossing'
import type { CommandEntry } from './table/entry'
import { evidenceCommands } from './table/evidence'
import { hostsCommands } from './table/hosts'
import { keepingCommands } from './table/keeping'

export type { CommandEntry } from './table/entry'

export const commands: readonly CommandEntry[] = [
  ...evidenceCommands,
  ...askingCommands,
  ...crossingCommands,
  ...caseworkCommands,
  ...keepingCommands,
  ...hostsCommands,
]

export function findCommand(name: string): CommandEntry | undefined {
  return commands.find((command) => command.name === name)
}

export function helpText(): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return [
    'crosstrail: crosses audit logs with traces, offline.',
    '',
    'Usage: crosstrail COMMAND [WORDS] [--json]',
    '',
    ...lines,
    '',
    'crosstrail COMMAND --help tells how a command is written.',
    'Exit codes: 0 done, 1 fault of the program, 2 usage, 3 input refused, 4 verification failed, 5 case in use, 6 disk.',
    '',
  ].join('\n')
}

export function helpOf(name: string): string {
  const command = findCommand(name)
  return command === undefined ? helpText() : `Usage: crosstrail ${command.usage}\n\n${command.summary}\n`
}
