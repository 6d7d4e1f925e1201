import type { Phrase } from '../languages/say'
import type { ReportModel } from '../model'
import type { Section } from './section'

const terms: readonly (readonly [term: Phrase, meaning: Phrase, used: (model: ReportModel) => boolean])[] = [
  [
    'Out of band',
    'An access that no traced request accounts for, at a place and time where traces are expected.',
    ({ analyses }) => (analyses.outOfBand?.value.groups.length ?? 0) > 0,
  ],
  [
    'Traces and spans',
    'The record that programs keep of one request: a tree of timed steps over services.',
    ({ links, paths }) => links.rows.length > 0 || paths.length > 0,
  ],
  [
    'Change of rights',
    'A grant, revocation or change of a policy or role that names the identity, the resource or the policy of a later refusal.',
    ({ paths }) => paths.some(({ value }) => value.steps.some(({ kind }) => kind === 'change')),
  ],
  [
    'Coverage',
    'Whether traces reach an area at a time; the share of accesses of traced programs that come with one.',
    ({ analyses }) => (analyses.coverage?.value.rows.length ?? 0) > 0,
  ],
  [
    'Silence',
    'A pause of a source far longer than its usual ones.',
    ({ analyses }) => (analyses.auditGaps?.value.silences.length ?? 0) > 0,
  ],
  ['Body digest', 'SHA-256 of what the report says; the same in its PDF, HTML and JSON forms.', () => true],
]

export const glossary: Section = {
  id: 'glossary',
  title: 'Glossary',
  build(model, { say }) {
    const used = terms.filter(([, , isUsed]) => isUsed(model))
    // One term alone is explained where it stands.
    if (used.length < 2) return []
    return [{ kind: 'facts', items: used.map(([term, meaning]) => ({ label: say(term), value: say(meaning) })) }]
  },
}
