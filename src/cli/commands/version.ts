import { version } from '../../engine/version'
import { printJson, printLines } from '../output'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await (input.json ? printJson({ name: 'crosstrail', version }) : printLines([`crosstrail ${version}`]))
}
