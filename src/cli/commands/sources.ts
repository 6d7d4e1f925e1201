import { zoneNotes } from '../../contract/zoneNotes'
import { note, printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const files = await client.call('import.sources', {})
    if (input.json) return printJson(files)
    await printLines(
      table([
        ['file', 'status', 'read', 'kept', 'duplicate', 'skipped', 'rejected', 'first', 'last', 'sha256'],
        ...files.map(({ name, status, records: r, firstTs, lastTs, sha256 }) => [
          name,
          status,
          r.read,
          r.kept,
          r.duplicate,
          r.skipped,
          r.rejected,
          firstTs ?? '-',
          lastTs ?? '-',
          sha256,
        ]),
      ]),
    )
    for (const { name, limits, zones } of files)
      for (const line of [...limits, ...zoneNotes(zones)]) note(`${name}: ${line}`)
  })
}
