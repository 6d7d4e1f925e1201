import { figureBlocks } from './figure'
import type { Section } from './section'

export const graph: Section = {
  id: 'access-graph',
  title: 'Access graph',
  build: (model) => figureBlocks(model, 'graph'),
}
