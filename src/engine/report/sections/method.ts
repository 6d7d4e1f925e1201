import type { Section } from './section'

export const method: Section = {
  id: 'method',
  title: 'Method',
  build(model, { say, label }) {
    if (model.links.rows.length === 0) return []
    return [
      {
        kind: 'paragraph',
        text: say(
          'An access event and a span are linked when they share an identifier, or when the items that they share (identity, address, resource and verb, statement, status, time) outweigh those that contradict. A value shared by many spans counts for less. Each event takes the span that fits best both ways; the margin is the distance to the second best.',
        ),
      },
      {
        kind: 'facts',
        items: [
          {
            label: label('certain'),
            value: say('an exact identifier that belongs to one request, and a plausible time'),
          },
          { label: label('strong'), value: say('score of 10 or more, and a margin of 3 or more') },
          { label: label('likely'), value: say('score of 7 or more, and a margin of 2 or more') },
          { label: label('possible'), value: say('score of 4 or more; listed, never counted') },
        ],
      },
      {
        kind: 'paragraph',
        text: say(
          'A missing link proves nothing by itself: the trace may have been sampled away, or the service may not be traced.',
        ),
      },
    ]
  },
}
