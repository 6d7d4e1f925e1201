import type { Section } from './section'

export const findings: Section = {
  id: 'findings',
  title: 'Findings',
  build: (model, time) =>
    model.findings.flatMap((finding) => [
      { kind: 'heading', text: finding.title },
      {
        kind: 'facts',
        items: [
          { label: 'Severity', value: finding.severity },
          { label: 'Recorded', value: time(finding.createdAt) },
          { label: 'Statement', value: finding.statement },
        ],
      },
    ]),
}
