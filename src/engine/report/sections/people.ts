import type { Block } from '../blocks'
import { tableBlock } from '../words'
import type { Section } from './section'

export const people: Section = {
  id: 'people',
  title: 'Actors, addresses, refusals',
  build(model, time) {
    const blocks: Block[] = []
    if (model.actors.rows.length > 0)
      blocks.push(
        { kind: 'heading', text: 'Actors, those with most refusals first' },
        tableBlock(model.actors, [1], time, 'actors'),
      )
    if (model.addresses.rows.length > 0)
      blocks.push(
        { kind: 'heading', text: 'Client addresses, those with most refusals first' },
        tableBlock(model.addresses, [1], time, 'addresses'),
      )
    if (model.denials.rows.length > 0)
      blocks.push(
        { kind: 'heading', text: 'What was refused' },
        tableBlock(model.denials, [2, 2], time, 'kinds of refusal'),
      )
    return blocks
  },
}
