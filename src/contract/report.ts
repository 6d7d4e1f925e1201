import { z } from 'zod'
import { StepProgress } from './case'
import { method } from './method'
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

export const ReportOptions = z.strictObject({
  title: z.string().max(200).optional(),
  /** RFC 3339; the time that is printed on the report. The same case and time give the same bytes. */
  at: z.string().optional(),
  timeZone: z.string().default('UTC'),
})

export const reportMethods = {
  'report.create': method({
    params: z.strictObject({ format: z.enum(reportFormats), ...ReportOptions.shape }),
    result: z.strictObject({ report: ReportResult, download: Download }),
    progress: StepProgress,
  }),
  /** The JSON twin, for the preview. */
  'report.outline': method({
    params: ReportOptions,
    result: z.strictObject({
      title: z.string(),
      sections: z.array(z.strictObject({ id: z.string(), title: z.string(), lines: z.array(z.string()) })),
      figures: z.array(z.strictObject({ id: z.string(), title: z.string(), svg: z.string() })),
    }),
  }),
}
