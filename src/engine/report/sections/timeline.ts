import { figureBlocks } from './figure'
import type { Section } from './section'

export const timeline: Section = {
  id: 'timeline',
  title: 'Timeline',
  build: (model) => figureBlocks(model, 'timeline'),
}
