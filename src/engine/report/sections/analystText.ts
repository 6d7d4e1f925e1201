import type { Block } from '../../../contract/reportBlocks'

/** What a person wrote, a paragraph for each that they set apart by an empty line. */
export function paragraphs(text: string): Block[] {
  return text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => ({ kind: 'paragraph', text: part.replace(/\s*\n\s*/g, ' ') }))
}
