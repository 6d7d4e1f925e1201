import { tableBlock } from '../words'
import type { Section } from './section'

export const links: Section = {
  id: 'links',
  title: 'Events crossed with traces',
  build: (model, print) =>
    model.links.rows.length === 0
      ? []
      : [
          {
            kind: 'paragraph',
            text: print.say(
              'Links between access events and spans by level. Figures in this report count certain and strong links only, without those that the analyst rejected.',
            ),
          },
          tableBlock(model.links, [1, 1, 1, 1, 1, 1], print),
        ],
}
