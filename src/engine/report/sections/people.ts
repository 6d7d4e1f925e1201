import type { Block } from '../../../contract/reportBlocks'
import { tableBlock } from '../words'
import type { Section } from './section'

export const people: Section = {
  id: 'people',
  title: 'Actors, addresses, refusals',
  build(model, print) {
    // Of an incident, `affected` tells this of those whom the analyst named.
    if (model.incident !== null) return []
    const { say } = print
    const blocks: Block[] = []
    if (model.actors.rows.length > 0)
      blocks.push(
        { kind: 'heading', text: say('Actors, those with most refusals first') },
        tableBlock(model.actors, [1], print),
      )
    if (model.addresses.rows.length > 0)
      blocks.push(
        { kind: 'heading', text: say('Client addresses, those with most refusals first') },
        tableBlock(model.addresses, [1], print),
      )
    if (model.denials.rows.length > 0)
      blocks.push({ kind: 'heading', text: say('What was refused') }, tableBlock(model.denials, [2, 2], print))
    return blocks
  },
}
