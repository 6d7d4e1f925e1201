import type { ReportOptions } from '../../../contract/report'
import { type SectionChoice, sectionsAsked, usualSections } from './sectionNames'

/** What is set in the composer. */
export interface Draft {
  readonly title: string
  readonly timeZone: string
  /** Empty: the whole case. */
  readonly incident: string
  /** Null: those that the story names, else all that were not dismissed. */
  readonly findings: readonly string[] | null
  readonly sections: readonly SectionChoice[]
  readonly appendix: ReportOptions['appendix']
  readonly classification: string
  readonly author: string
  readonly paper: ReportOptions['paper']
  readonly language: ReportOptions['language']
}

export const emptyDraft: Draft = {
  title: '',
  timeZone: 'UTC',
  incident: '',
  findings: null,
  sections: usualSections,
  appendix: 'full',
  classification: '',
  author: '',
  paper: 'a4',
  language: 'en',
}

/** What is empty is left out, so that the engine's own choice holds. */
export function optionsOf(draft: Draft): Partial<ReportOptions> {
  const title = draft.title.trim()
  const sections = sectionsAsked(draft.sections)
  return {
    timeZone: draft.timeZone,
    appendix: draft.appendix,
    classification: draft.classification.trim(),
    author: draft.author.trim(),
    paper: draft.paper,
    language: draft.language,
    ...(title === '' ? {} : { title }),
    ...(draft.incident === '' ? {} : { incident: draft.incident }),
    ...(draft.findings === null ? {} : { findings: [...draft.findings] }),
    ...(sections === undefined ? {} : { sections }),
  }
}
