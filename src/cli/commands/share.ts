import { resolve } from 'node:path'
import { AppError } from '../../common/errors'
import { redactedKinds } from '../../contract/share'
import { checkShare, shareCase } from '../../engine/share/share'
import { readInput } from '../inputFiles'
import { abortOnInterrupt, clearStatus, note, printJson, printLines, status } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', file = ''] = input.positionals
  const asked = input.texts('include')
  const kinds = asked.map((name) => {
    const kind = redactedKinds.find((one) => one === name)
    if (kind === undefined) throw new AppError('usage', `--include is one of ${redactedKinds.join(', ')}.`)
    return kind
  })
  const listFile = input.text('list')
  const list = listFile === undefined ? '' : await readInput(listFile, '--list')
  const options = {
    path: resolve(file),
    kinds: kinds.length === 0 ? redactedKinds : kinds,
    list,
    now: new Date(),
    signal: abortOnInterrupt(),
    onStep: (step: string, done: number, total: number) => status(`${step}  ${done}/${total}`),
  }
  await withCase(
    path,
    async ({ session }) => {
      try {
        if (input.flag('check')) {
          const checked = await checkShare(session(), options)
          clearStatus()
          if (input.json) return await printJson({ file, checked })
          return await printLines([
            `${file}: none of the values is in ${checked.cells} cells and ${checked.files} files, in ${checked.patterns} forms.`,
          ])
        }
        const summary = await shareCase(session(), options)
        clearStatus()
        if (summary.kept.length > 0)
          note(
            `${summary.kept.length} names are words of the formats too and were left: ${summary.kept.slice(0, 20).join(', ')}. Put those that must go on the --list.`,
          )
        if (input.json) return await printJson({ file, ...summary })
        const replaced = Object.entries(summary.replaced).map(([kind, count]) => `${count} ${kind}`)
        await printLines([
          `${file}: ${summary.sizeBytes} bytes, SHA-256 ${summary.sha256}`,
          `Replaced: ${replaced.join(', ') || 'nothing'}. None of it is left in ${summary.checked.cells} cells and ${summary.checked.files} files.`,
        ])
      } finally {
        clearStatus()
      }
    },
    { actor: input.text('actor') },
  )
}
