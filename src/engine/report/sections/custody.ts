import { count } from '../words'
import type { Section } from './section'

export const custody: Section = {
  id: 'custody',
  title: 'How to check this report',
  build: (model, { time, say }) => [
    {
      kind: 'facts',
      items: [
        { label: say('Case'), value: model.case.title },
        { label: say('Case id'), value: model.case.id, mono: true },
        {
          label: say('Case created'),
          value: say('{time} with {tool}', { time: time(model.case.created), tool: model.tool.case }),
        },
        {
          label: say('Last act'),
          value: `${say('record {seq} of the journal', { seq: count(model.journal.seq) })}${model.journal.at === null ? '' : `, ${time(model.journal.at)}`}`,
        },
        { label: say('Its hash'), value: model.journal.head, mono: true },
        {
          label: say('Made with'),
          value: say('{tool}, {database}, schema {schema}', {
            tool: model.tool.report,
            database: model.tool.database,
            schema: model.tool.schema,
          }),
        },
      ],
    },
    {
      kind: 'paragraph',
      text: say(
        'The hash of the last act covers all acts before it. The body digest on the cover is the SHA-256 of the canonical JSON form of this report, without the digest itself. The JSON form gives the query or the method behind every figure; the same case and the same report time give the same bytes.',
      ),
    },
  ],
}
