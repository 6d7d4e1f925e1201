import { count } from '../words'
import type { Section } from './section'

export const custody: Section = {
  id: 'custody',
  title: 'How to check this report',
  build: (model, time) => [
    {
      kind: 'facts',
      items: [
        { label: 'Case', value: model.case.title },
        { label: 'Case id', value: model.case.id, mono: true },
        { label: 'Case created', value: `${time(model.case.created)} with ${model.tool.case}` },
        {
          label: 'Last act',
          value: `record ${count(model.journal.seq)} of the journal${model.journal.at === null ? '' : `, ${time(model.journal.at)}`}`,
        },
        { label: 'Its hash', value: model.journal.head, mono: true },
        { label: 'Made with', value: `${model.tool.report}, ${model.tool.database}, schema ${model.tool.schema}` },
      ],
    },
    {
      kind: 'paragraph',
      text: 'The hash of the last act covers all acts before it. The body digest on the cover is the SHA-256 of the canonical JSON form of this report, without the digest itself. The JSON form gives the query behind every figure; the same case and the same report time give the same bytes.',
    },
  ],
}
