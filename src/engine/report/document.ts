import { createHash } from 'node:crypto'
import { canonicalJson } from '../../common/canonical'
import type { ReportDocument } from '../../contract/reportBlocks'
import type { ReportModel } from './model'
import { printedSections, printOf } from './registry'
import { joined, value } from './sections/values'
import { factText } from './words'

/** SHA-256 of the canonical JSON of the model: what the report says, whatever form it is printed in. */
export function bodyDigest(model: ReportModel): string {
  return createHash('sha256').update(canonicalJson(model)).digest('hex')
}

/** The JSON twin: the model and its digest. */
export function renderJson(model: ReportModel): string {
  return `${JSON.stringify({ ...model, bodyDigest: bodyDigest(model) }, null, 2)}\n`
}

/** The cover and the sections, ready for any form. */
export function toDocument(model: ReportModel): ReportDocument {
  const print = printOf(model)
  const { time, say, label } = print
  const digest = bodyDigest(model)
  const { incident, layout } = model
  const { firstTs, lastTs } = model.span
  return {
    title: model.title,
    language: layout.language,
    paper: layout.paper,
    words: {
      contents: say('Contents'),
      bodyDigest: say('Body digest'),
      page: say('Page {page} of {pages}'),
      case: say('Case'),
      set: say('Set with Typst {version}, {backend} build.'),
    },
    cover: {
      kind: say(incident === null ? 'Report on a case' : 'Incident report'),
      classification: layout.classification,
      logo: model.logo === null ? null : { kind: model.logo.kind, data: model.logo.data, alt: say('Logo') },
      facts: [
        ...value(say('Author'), layout.author),
        ...(incident === null
          ? []
          : [{ label: say('Severity'), value: joined(label(incident.severity), label(incident.state)) }]),
        { label: say('Case'), value: model.case.title },
        { label: say('Case id'), value: model.case.id, mono: true },
        {
          label: say('Covers'),
          value:
            firstTs === null || lastTs === null
              ? say('no record with a time')
              : say('{first} to {last}', { first: time(firstTs), last: time(lastTs) }),
        },
        { label: say('Report time'), value: time(model.at) },
        { label: say('Times are in'), value: model.timeZone },
        { label: say('Body digest'), value: digest, mono: true },
      ],
      tiles: (incident === null ? model.counts : incident.facts)
        .filter((fact, index) => fact.kind === 'count' && (index < 2 || fact.value !== 0))
        .slice(0, 10)
        .map((fact) => ({ label: label(fact.label), value: factText(fact, time) })),
      digest,
    },
    running: layout.classification === '' ? model.title : `${layout.classification} · ${model.title}`,
    caseId: model.case.id,
    digest,
    at: model.at,
    sections: printedSections(model),
  }
}
