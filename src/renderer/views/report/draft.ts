import type { Composition, ReportOptions } from '../../../contract/report'
import { type SectionChoice, sectionsAsked, sectionsOf, usualSections } from './sectionNames'

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
  /** SHA-256 of a picture that the case keeps; empty: none. */
  readonly logo: string
}

export const emptyDraft: Draft = {
  title: '',
  timeZone: 'UTC',
  incident: '',
  findings: null,
  sections: usualSections,
  appendix: 'compact',
  classification: '',
  author: '',
  paper: 'a4',
  language: 'en',
  logo: '',
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
    logo: draft.logo,
    ...(title === '' ? {} : { title }),
    ...(draft.incident === '' ? {} : { incident: draft.incident }),
    ...(draft.findings === null ? {} : { findings: [...draft.findings] }),
    ...(sections === undefined ? {} : { sections }),
  }
}

/** The composer as it was when these choices were kept. */
export function draftOf(incident: string, options: Composition): Draft {
  const { title = '', findings, sections, timeZone, appendix, classification, author, paper, language, logo } = options
  return {
    ...{ title, timeZone, incident, appendix, classification, author, paper, language, logo },
    findings: findings ?? null,
    sections: sectionsOf(sections),
  }
}
