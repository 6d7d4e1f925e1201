import { resolve } from 'node:path'
import { AppError, exitCodes } from '../../common/errors'
import type { MappingTrial } from '../../contract/mapping'
import { readMappings } from '../mappingFiles'
import { note, printJson, printLines, table } from '../output'
import { type CliSession, withCase, withEngine } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<number> {
  const [verb, target = ''] = input.positionals
  switch (verb) {
    case 'suggest':
      return withEngine(({ client }) => suggest(client, target, input.json))
    case 'test':
      return withEngine(({ client }) => test(client, target, input))
    case 'list':
      return withCase(target, ({ client }) => list(client, input.json))
    case 'remove':
      return withCase(target, ({ client }) => remove(client, input), { actor: input.text('actor') })
    default:
      throw new AppError('usage', 'A mapping is suggested, tested, listed or removed: see crosstrail mapping --help.')
  }
}

type Client = CliSession['client']

/** The draft is the mapping file, ready to be redirected; why it is as it is goes to standard error. */
async function suggest(client: Client, path: string, json: boolean): Promise<number> {
  const suggestion = await client.call('mapping.suggest', { source: { ref: resolve(path) } })
  if (json) {
    await printJson(suggestion)
    return exitCodes.done
  }
  const { draft, reasons, warnings, records } = suggestion
  await printLines(JSON.stringify(draft, null, 2).split('\n'))
  note(`${records} records were looked at.`)
  for (const line of table(reasons.map(({ target, place, reason }) => [target, place, reason]))) note(line)
  for (const warning of warnings) note(`To decide: ${warning}`)
  return exitCodes.done
}

async function test(client: Client, path: string, input: CommandInput): Promise<number> {
  const file = input.text('mapping')
  if (file === undefined) throw new AppError('usage', 'Name the mapping with --mapping FILE.')
  const [mapping] = await readMappings(client, [file])
  if (mapping === undefined) throw new AppError('usage', 'Name the mapping with --mapping FILE.')
  const limit = input.number('limit', 1)
  const rows = input.number('rows')
  const trial = await client.call('mapping.test', {
    source: { ref: resolve(path) },
    mapping,
    records: Math.min(limit ?? 1_000_000, 10_000_000),
    ...(rows === undefined ? {} : { rows: Math.min(rows, 200) }),
  })
  if (input.json) await printJson(trial)
  else await printTrial(trial)
  return trial.mapped === 0 ? exitCodes.refused : exitCodes.done
}

async function printTrial(trial: MappingTrial): Promise<void> {
  for (const { line, row } of trial.rows) {
    await printLines([`line ${line}`])
    await printLines(
      table(
        Object.entries(row).map(([name, value]) => [
          `  ${name}`,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ),
    )
  }
  const more = trial.truncated ? ' The rest of the file was not tried.' : ''
  await printLines([`${trial.records} records: ${trial.mapped} map, ${trial.failed} fail.${more}`])
  for (const { member, line, reason } of trial.failures)
    note(`${member === null ? '' : `${member}, `}line ${line}: ${reason}`)
  for (const { column, reason, count, line } of trial.misfits)
    note(`${column}: ${reason} (${count} times, first in line ${line})`)
}

async function list(client: Client, json: boolean): Promise<number> {
  const mappings = await client.call('mapping.list', {})
  if (json) await printJson(mappings)
  else
    await printLines(
      table([
        ['name', 'revision', 'saved', 'by', 'hash'],
        ...mappings.map(({ mapping, revision, savedAt, savedBy, hash }) => [
          mapping.name,
          revision,
          savedAt,
          savedBy,
          hash.slice(0, 12),
        ]),
      ]),
    )
  return exitCodes.done
}

async function remove(client: Client, input: CommandInput): Promise<number> {
  const name = input.positionals[2]
  if (name === undefined) throw new AppError('usage', 'Name the mapping to remove.')
  await client.call('mapping.remove', { name })
  if (input.json) await printJson({ name })
  else await printLines([name])
  return exitCodes.done
}
