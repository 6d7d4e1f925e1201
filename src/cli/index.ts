#!/usr/bin/env node
/** The command line: parses words, calls the engine, prints. Every rule of the product lives in the engine. */
import { AppError, exitCodeOf, exitCodes, isAppError } from '../common/errors'
import { printable } from '../common/printable'
import { findCommand, helpOf, helpText } from './commandTable'
import { isReaderGone } from './output'
import { parseWords } from './words'

async function main(words: readonly string[]): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(name === 'help' && rest[0] !== undefined ? helpOf(rest[0]) : helpText())
    return name === undefined ? exitCodes.usage : exitCodes.done
  }
  if (name === '--version' || name === '-v') return main(['version', ...rest])
  const command = findCommand(name)
  if (command === undefined) throw new AppError('usage', `There is no command “${name}”. See crosstrail --help.`)
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(helpOf(name))
    return exitCodes.done
  }
  const input = parseWords(command, rest)
  const { run } = await command.load()
  return (await run(input)) ?? exitCodes.done
}

function report(error: unknown): number {
  if (isReaderGone()) return exitCodes.done
  if (!isAppError(error)) {
    process.stderr.write('crosstrail: something went wrong inside the program; the case is not affected.\n')
    if (process.env.CROSSTRAIL_DEBUG !== undefined)
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return exitCodes.bug
  }
  const position = error.details.position
  const where = typeof position === 'number' ? ` (at character ${position + 1})` : ''
  process.stderr.write(`crosstrail: ${printable(error.message)}${where}\n`)
  if (process.env.CROSSTRAIL_DEBUG !== undefined) process.stderr.write(`${error.stack}\n${String(error.cause)}\n`)
  return exitCodeOf(error)
}

process.exitCode = await main(process.argv.slice(2)).catch(report)
// Native handles may outlive the work; everything that had to be durable is. Output still in the pipe goes out first.
if (isReaderGone()) process.exit()
process.stdout.write('', () => process.exit())
