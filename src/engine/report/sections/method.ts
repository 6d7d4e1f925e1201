import type { Section } from './section'

export const method: Section = {
  id: 'method',
  title: 'Method',
  build(model) {
    if (model.links.rows.length === 0) return []
    return [
      {
        kind: 'paragraph',
        text: 'An access event and a span are linked when they share an identifier, or when the items that they share (identity, address, resource and verb, statement, status, time) outweigh those that contradict. A value shared by many spans counts for less. Each event takes the span that fits best both ways; the margin is the distance to the second best.',
      },
      {
        kind: 'facts',
        items: [
          { label: 'certain', value: 'an exact identifier that belongs to one request, and a plausible time' },
          { label: 'strong', value: 'score of 10 or more, and a margin of 3 or more' },
          { label: 'likely', value: 'score of 7 or more, and a margin of 2 or more' },
          { label: 'possible', value: 'score of 4 or more; listed, never counted' },
        ],
      },
      {
        kind: 'paragraph',
        text: 'A missing link proves nothing by itself: the trace may have been sampled away, or the service may not be traced.',
      },
    ]
  },
}
