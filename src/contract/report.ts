import { z } from 'zod'
import { StepProgress } from './case'
import { method } from './method'
import { ReportDocument } from './reportBlocks'
import { Download, Sha256 } from './shared'

export const reportFormats = ['pdf', 'html', 'json'] as const

export const ReportResult = z.strictObject({
  file: z.string(),
  sha256: Sha256,
  /** 0 where the format has no pages. */
  pages: z.int(),
  bodyDigest: Sha256,
})
export type ReportResult = z.infer<typeof ReportResult>

/** Stable names, in the order in which they are printed unless another one is asked for. */
export const reportSections = [
  'summary',
  'story',
  'findings',
  'notes',
  'timeline',
  'access-graph',
  'out-of-band',
  'denials',
  'audit-gaps',
  'people',
  'affected',
  'indicators',
  'links',
  'coverage',
  'evidence',
  'limits',
  'method',
  'custody',
  'glossary',
  'appendix',
] as const
export const SectionId = z.enum(reportSections)
export type SectionId = z.infer<typeof SectionId>

export const appendixDepths = ['full', 'compact', 'positions', 'none'] as const
export const papers = ['a4', 'letter'] as const
export const languages = ['en', 'de', 'ja'] as const
export type Language = (typeof languages)[number]

/** Bytes of a logo, at most: it is kept in the journal. */
export const LOGO_BYTES = 200 * 1024

export const ReportOptions = z.strictObject({
  title: z.string().max(200).optional(),
  /** RFC 3339; the time that is printed on the report. The same case and time give the same bytes. */
  at: z.string().optional(),
  timeZone: z.string().default('UTC'),
  /** The report of one incident: its story, its findings, what they stand on. Left out: of the whole case. */
  incident: z.string().max(100).optional(),
  /** Left out: those that the story names; where it names none, all that were not dismissed. */
  findings: z.array(z.string().max(100)).max(1000).optional(),
  /** Left out: all, in the usual order. One that has nothing to say is not printed. */
  sections: z.array(SectionId).max(100).optional(),
  /** `positions`: where the cited records stand; `compact`: with all fields; `full`: and with the record itself. */
  appendix: z.enum(appendixDepths).default('compact'),
  /** A line on the cover and on every page, such as a handling mark. */
  classification: z.string().max(100).default(''),
  author: z.string().max(200).default(''),
  paper: z.enum(papers).default('a4'),
  /** Of headings and labels; what analysts and records say stays as it is. */
  language: z.enum(languages).default('en'),
  /** SHA-256 of a kept picture for the cover; empty: none. */
  logo: z.union([Sha256, z.literal('')]).default(''),
})
export type ReportOptions = z.infer<typeof ReportOptions>

/** What is chosen once for an incident and holds for every report of it. */
export const Composition = ReportOptions.omit({ at: true, incident: true })
export type Composition = z.infer<typeof Composition>

export const reportMethods = {
  'report.create': method({
    params: z.strictObject({ format: z.enum(reportFormats), ...ReportOptions.shape }),
    result: z.strictObject({ report: ReportResult, download: Download }),
    progress: StepProgress,
  }),
  /** What the pages say, block by block, for the preview; nothing is written and nothing journaled. */
  'report.outline': method({ params: ReportOptions, result: ReportDocument }),
  /** The kept choices for an incident, or for the case (empty); without `incident` those that were kept last. */
  'report.composition': method({
    params: z.strictObject({ incident: z.string().max(100).optional() }),
    result: z
      .strictObject({ incident: z.string(), options: Composition, author: z.string(), at: z.string() })
      .nullable(),
  }),
  /** Keeps choices in the journal; the same ones are not written twice. */
  'report.compose': method({
    params: z.strictObject({ incident: z.string().max(100).default(''), options: Composition }),
    result: z.strictObject({}),
  }),
  /** Keeps a picture for the cover: a PNG or SVG file in base64. Errors: `input.refused` with the reason. */
  'report.logo': method({
    params: z.strictObject({ data: z.base64().max(Math.ceil(LOGO_BYTES / 3) * 4 + 4) }),
    result: z.strictObject({ sha256: Sha256, kind: z.enum(['png', 'svg']), sizeBytes: z.int() }),
  }),
  /** Asks again for every figure of a report in its JSON form. Errors: `input.refused` for what is none. */
  'report.rerun': method({
    params: z.strictObject({ ref: z.string() }),
    result: z.strictObject({
      figures: z.int(),
      /** Figures that the case answers otherwise now; as canonical JSON, cut where long. */
      differences: z.array(z.strictObject({ where: z.string(), said: z.string(), is: z.string() })),
    }),
  }),
}
