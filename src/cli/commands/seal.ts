import { resolve } from 'node:path'
import { AppError } from '../../common/errors'
import { newSealKey } from '../../engine/custody/seal'
import { writeNewFile } from '../../engine/io'
import { readInput } from '../inputFiles'
import { printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', keyFile] = input.positionals
  const out = input.text('out')
  if (keyFile !== undefined) {
    if (path !== 'keygen' || out !== undefined || input.text('key') !== undefined)
      throw new AppError('usage', 'A key is made by: crosstrail seal keygen KEYFILE.')
    return makeKey(keyFile, input.json)
  }
  if (out === undefined) throw new AppError('usage', '--out names the file to write.')
  const keyPath = input.text('key')
  const key = keyPath === undefined ? undefined : await readInput(keyPath, '--key')
  await withCase(
    path,
    async ({ client }) => {
      const { seal, seq, head, signed } = await client.call('custody.seal', key === undefined ? {} : { key })
      await writeNewFile(resolve(out), seal, 0o644)
      await (input.json
        ? printJson({ file: out, seq, head, signed })
        : printLines([`${out}: record ${seq}, head ${head}${signed ? ', signed' : ''}`]))
    },
    { actor: input.text('actor') },
  )
}

async function makeKey(file: string, json: boolean): Promise<void> {
  const { privatePem, publicPem } = newSealKey()
  await writeNewFile(resolve(file), privatePem, 0o600)
  await writeNewFile(resolve(`${file}.pub`), publicPem, 0o644)
  await (json
    ? printJson({ key: file, publicKey: `${file}.pub` })
    : printLines([`${file}: keep it secret. ${file}.pub: give it to those who check seals.`]))
}
