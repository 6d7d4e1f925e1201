import { resolve } from 'node:path'
import { exitCodes } from '../../common/errors'
import { zoneNotes } from '../../contract/zoneNotes'
import { readInput } from '../inputFiles'
import { readMappings } from '../mappingFiles'
import { abortOnInterrupt, clearStatus, note, printJson, printLines, status, table } from '../output'
import { withCase, withEngine } from '../session'
import type { CommandInput } from '../words'
import { zoneAnswer } from '../zoneAnswer'

export async function run(input: CommandInput): Promise<number> {
  const [casePath = '', ...paths] = input.positionals
  const format = input.text('format')
  const pgPrefix = input.text('pg-prefix')
  const signal = abortOnInterrupt()
  const list = input.text('expect')
  const expected = list === undefined ? undefined : await readInput(list, '--expect')
  // Before the case is made: what cannot be used leaves nothing behind.
  const { mappings, zones } = await withEngine(async ({ client }) => ({
    mappings: await readMappings(client, input.texts('mapping')),
    zones: zoneAnswer(input.texts('tz'), new Set((await client.call('import.formats', {})).map(({ id }) => id))),
  }))
  return withCase(
    casePath,
    async ({ client }) => {
      const result = await client.call(
        'import.start',
        {
          sources: paths.map((path) => resolve(path)),
          copy: input.flag('copy'),
          ...(format === undefined ? {} : { format }),
          ...zones,
          ...(pgPrefix === undefined ? {} : { pgPrefix }),
          mappings,
          ...(expected === undefined ? {} : { expected }),
        },
        {
          signal,
          onProgress: ({ fileName, filesDone, filesTotal, bytesRead, bytesTotal, records, etaMs }) => {
            const percent = bytesTotal === 0 ? 100 : Math.floor((bytesRead / bytesTotal) * 100)
            const left = etaMs === null ? '' : `, ${Math.ceil(etaMs / 1000)} s left`
            status(`${percent} %  ${filesDone}/${filesTotal} files  ${records} records${left}  ${fileName}`)
          },
        },
      )
      clearStatus()
      if (input.json) await printJson({ case: casePath, ...result })
      else {
        await printLines(
          table([
            ['file', 'format', 'status', 'read', 'kept', 'duplicate', 'skipped', 'rejected'],
            ...result.files.map(({ name, formats, status: state, records: r }) => [
              name,
              formats.join(', ') || '-',
              state,
              r.read,
              r.kept,
              r.duplicate,
              r.skipped,
              r.rejected,
            ]),
          ]),
        )
        const { totals } = result
        await printLines([
          `${totals.files} files: ${totals.access_event} events, ${totals.span} spans, ${totals.log_record} log records, ${totals.metric_point} metric points; ${totals.rejected} records rejected.`,
        ])
      }
      for (const file of result.files)
        if (file.status === 'refused' || file.status === 'partial')
          note(`${file.name}: ${file.records.rejected} rejected, first: ${file.rejects[0]?.reason ?? ''}`)
      for (const { name, limits } of result.files) for (const limit of limits) note(`${name}: ${limit}`)
      for (const { name, zones: account } of result.files)
        for (const line of zoneNotes(account)) note(`${name}: ${line}`)
      return result.files.every(({ status: state }) => state === 'refused') ? exitCodes.refused : exitCodes.done
    },
    { create: true, actor: input.text('actor') },
  )
}
