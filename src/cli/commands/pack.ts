import { resolve } from 'node:path'
import { packCase } from '../../engine/case/pack'
import { printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', file = ''] = input.positionals
  await withCase(path, async ({ session }) => {
    const packed = await packCase(session(), resolve(file))
    if (input.json) return printJson({ file, ...packed })
    await printLines([`${file}: ${packed.files} files, ${packed.sizeBytes} bytes, SHA-256 ${packed.sha256}`])
  })
}
