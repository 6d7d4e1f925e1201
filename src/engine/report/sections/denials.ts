import type { Block, Tone } from '../../../contract/reportBlocks'
import type { ModelPath } from '../model'
import { capital } from '../words'
import type { Print, Section } from './section'

export const denials: Section = {
  id: 'denials',
  title: 'Refusals and the way to them',
  build: (model, print) => model.paths.flatMap(({ value }) => pathBlocks(value, print)),
}

function pathBlocks(path: ModelPath, { say, label, time }: Print): Block[] {
  const last = path.steps.at(-1)
  const blocks: Block[] = [
    { kind: 'heading', text: last?.title ?? path.eventId },
    { kind: 'paragraph', text: path.summary },
    {
      kind: 'path',
      stops: path.steps.map(({ kind, ts, title, text, marks }) => ({
        label: capital(label(kind === 'change' ? 'change of rights' : kind)),
        time: ts === null ? '' : time(ts),
        title,
        text,
        tone: toneOf(kind, marks),
      })),
    },
  ]
  const remarks = [
    ...(path.stepsLeftOut > 0 ? [say('Further steps in the case: {count}', { count: path.stepsLeftOut })] : []),
    ...path.allowed,
    ...path.missing,
  ]
  if (remarks.length > 0) blocks.push({ kind: 'list', items: remarks })
  return blocks
}

function toneOf(kind: string, marks: readonly string[]): Tone {
  if (kind === 'denial' || marks.includes('failing') || marks.includes('first_error')) return 'bad'
  return kind === 'change' || marks.includes('identity_change') ? 'warn' : 'plain'
}
