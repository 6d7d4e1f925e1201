import type { Result } from '../../contract'
import type { Block, Value } from './blocks'
import type { ReportModel } from './model'
import { printedSections } from './registry'

/** What a report would say, in plain lines: for the preview. */
export function outline(model: ReportModel): Result<'report.outline'> {
  return {
    title: model.title,
    sections: printedSections(model).map(({ id, title, blocks }) => ({ id, title, lines: blocks.flatMap(lines) })),
    figures: model.figures.map(({ id, title, svg }) => ({ id, title, svg })),
  }
}

function lines(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
      return [block.text]
    case 'tiles':
      return block.items.map(({ label, value }) => `${label}: ${value}`)
    case 'facts':
      return values(block.items)
    case 'table':
      return [...block.rows.map((row) => row.join(' | ')), ...(block.note === null ? [] : [block.note])]
    case 'figure':
      return [block.caption]
    case 'note':
      return [`${block.author}, ${block.time}: ${block.text}`]
    case 'event':
      return [
        `${block.number}. ${block.time} ${block.headline}: ${block.outcome}`,
        ...block.notes.flatMap(lines),
        ...values(block.values),
        ...block.links.map((link) => `${link.level}: ${link.title} (${link.detail})`),
      ]
    case 'code':
      return [block.text]
  }
}

function values(items: readonly Value[]): string[] {
  return items.map(({ label, value }) => `${label}: ${value}`)
}
