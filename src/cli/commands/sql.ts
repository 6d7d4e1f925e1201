import { AppError } from '../../common/errors'
import { exportRows } from '../../engine/db/exportRows'
import { abortOnInterrupt, note, printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', sql = ''] = input.positionals
  const files = (
    [
      ['csv', input.text('csv')],
      ['parquet', input.text('parquet')],
      ['json', input.text('json-lines')],
    ] as const
  ).flatMap(([format, file]) => (file === undefined ? [] : [{ format, file }]))
  if (files.length > 1) throw new AppError('usage', 'Name one file: --csv, --parquet or --json-lines.')
  await withCase(path, async ({ client, session }) => {
    const [to] = files
    if (to !== undefined) {
      const rows = await exportRows(session().db, sql, { ...to, path: to.file, signal: abortOnInterrupt() })
      if (input.json) return printJson({ file: to.file, format: to.format, rows })
      return note(`${rows} rows written to ${to.file}.`)
    }
    const result = await client.call('sql.run', { sql, limit: input.number('limit', 1) ?? 1_000 })
    if (input.json) return printJson(result)
    const names = result.columns.map(({ name }) => name)
    const cell = (value: unknown) =>
      value === null || value === undefined ? '-' : typeof value === 'object' ? JSON.stringify(value) : String(value)
    await printLines(table([names, ...result.rows.map((row) => names.map((name) => cell(row[name])))]))
    if (result.truncated) note('More rows than the limit; raise it with --limit.')
  })
}
