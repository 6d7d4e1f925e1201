import { createHash } from 'node:crypto'
import { canonicalJson } from '../../common/canonical'
import type { ReportDocument } from './blocks'
import type { ReportModel } from './model'
import { printedSections } from './registry'
import { factText } from './words'
import { timePrinter } from './zone'

/** SHA-256 of the canonical JSON of the model: what the report says, whatever form it is printed in. */
export function bodyDigest(model: ReportModel): string {
  return createHash('sha256').update(canonicalJson(model)).digest('hex')
}

/** The JSON twin: the model and its digest. */
export function renderJson(model: ReportModel): string {
  return `${JSON.stringify({ ...model, bodyDigest: bodyDigest(model) }, null, 2)}\n`
}

/** The cover and the sections, ready for either printed form. */
export function toDocument(model: ReportModel): ReportDocument {
  const time = timePrinter(model.timeZone)
  const digest = bodyDigest(model)
  const { firstTs, lastTs } = model.span
  return {
    title: model.title,
    cover: {
      kind: 'Incident report',
      facts: [
        { label: 'Case', value: model.case.title },
        { label: 'Case id', value: model.case.id, mono: true },
        {
          label: 'Covers',
          value: firstTs === null || lastTs === null ? 'no record with a time' : `${time(firstTs)} to ${time(lastTs)}`,
        },
        { label: 'Report time', value: time(model.at) },
        { label: 'Times are in', value: model.timeZone },
        { label: 'Body digest', value: digest, mono: true },
      ],
      tiles: model.counts
        .filter((fact, index) => index < 2 || fact.value !== 0)
        .slice(0, 10)
        .map((fact) => ({ label: fact.label, value: factText(fact, time) })),
      digest,
    },
    running: model.title,
    caseId: model.case.id,
    digest,
    at: model.at,
    sections: printedSections(model),
  }
}
