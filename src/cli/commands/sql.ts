import { note, printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', sql = ''] = input.positionals
  await withCase(path, async ({ client }) => {
    const result = await client.call('sql.run', { sql, limit: input.number('limit', 1) ?? 1_000 })
    if (input.json) return printJson(result)
    const names = result.columns.map(({ name }) => name)
    const cell = (value: unknown) =>
      value === null || value === undefined ? '-' : typeof value === 'object' ? JSON.stringify(value) : String(value)
    await printLines(table([names, ...result.rows.map((row) => names.map((name) => cell(row[name])))]))
    if (result.truncated) note('More rows than the limit; raise it with --limit.')
  })
}
