import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../common/errors'
import { parseInstant } from '../../../common/time'
import type { ReportDocument } from '../../../contract/reportBlocks'
import { openFonts } from './fonts'
import { glyphs } from './glyphs'
import { breakable, prepare } from './prepare'
import type { TypstJob } from './typst'

/** What the compiler is given for this document: template, printable text, the fonts that the text needs. */
export async function typstJob(document: ReportDocument, resourcesFolder: string): Promise<TypstJob> {
  const signs = glyphs(openFonts(resourcesFolder))
  // The picture goes beside the text, as bytes.
  const printed = prepare(
    { ...document, cover: { ...document.cover, logo: null } },
    (text, narrow) => breakable(signs.drawable(text), narrow),
    signs.drawable,
  )
  const fonts = signs.used()
  const families = fonts.map((font) => font.family)
  const [sans = '', mono = '', ...others] = families
  const at = new Date(Number((parseInstant(document.at)?.us ?? 0n) / 1000n))
  return {
    template: await readTemplate(resourcesFolder),
    data: JSON.stringify({
      report: printed,
      // The document's title is metadata: it takes no pieces.
      title: signs.drawable(document.title.replace(/\s+/g, ' ')),
      logo:
        document.cover.logo === null
          ? null
          : {
              format: document.cover.logo.kind,
              bytes: [...Buffer.from(document.cover.logo.data, 'base64')],
              alt: document.cover.logo.alt,
            },
      families: [sans, mono, ...others],
      monoFamilies: [mono, sans, ...others],
      date: [
        at.getUTCFullYear(),
        at.getUTCMonth() + 1,
        at.getUTCDate(),
        at.getUTCHours(),
        at.getUTCMinutes(),
        at.getUTCSeconds(),
      ],
    }),
    fonts: fonts.flatMap((font) => font.paths),
    createdSeconds: Math.floor(at.getTime() / 1000),
  }
}

async function readTemplate(resourcesFolder: string): Promise<string> {
  try {
    return await readFile(join(resourcesFolder, 'report', 'report.typ'), 'utf8')
  } catch (cause) {
    throw new AppError('report.failed', 'The page layout is missing. Install Crosstrail again.', {}, { cause })
  }
}
