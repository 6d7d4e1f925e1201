import { resolve } from 'node:path'
import { unpackCase } from '../../engine/case/pack'
import { printJson, printLines } from '../output'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [file = '', folder = ''] = input.positionals
  const unpacked = await unpackCase(resolve(file), resolve(folder))
  await (input.json
    ? printJson({ case: folder, ...unpacked })
    : printLines([`${folder}: ${unpacked.files} files, “${unpacked.title}”`]))
}
