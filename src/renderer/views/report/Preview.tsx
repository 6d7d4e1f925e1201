import type { Result } from '../../../contract'
import { Evidence } from '../../text/Evidence'
import { PreviewBlock } from './PreviewBlock'
import { Facts, Tiles } from './previewParts'
import { Picture } from './SvgImage'

/** The report as its pages will say it: the same blocks that are printed, without the breaks between pages. */
export function Preview({ report }: { readonly report: Result<'report.outline'> }) {
  const { cover, words } = report
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="ct-scroll ct-report-body" aria-label="Preview" tabIndex={0} lang={report.language}>
      <article className={`ct-paper ct-paper-${report.paper}`}>
        <header>
          {cover.logo === null ? null : (
            <p className="ct-paper-logo">
              <Picture kind={cover.logo.kind} data={cover.logo.data} title={cover.logo.alt} />
            </p>
          )}
          {cover.classification === '' ? null : (
            <p className="ct-paper-mark">
              <Evidence text={cover.classification} />
            </p>
          )}
          <p className="ct-paper-soft">{cover.kind}</p>
          <h2>
            <Evidence text={report.title} />
          </h2>
          <Tiles items={cover.tiles} />
          <Facts items={cover.facts} />
          <nav aria-label={words.contents}>
            <h3>{words.contents}</h3>
            <ol>
              {report.sections.map(({ id, title }) => (
                <li key={id}>
                  <button type="button" onClick={() => document.getElementById(`report-${id}`)?.scrollIntoView()}>
                    {title}
                  </button>
                </li>
              ))}
            </ol>
          </nav>
        </header>
        {report.sections.map((section) => (
          <section key={section.id} id={`report-${section.id}`} aria-label={section.title}>
            <h3>{section.title}</h3>
            {section.blocks.map((block, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: blocks of a section have no identity but their place
              <PreviewBlock key={index} block={block} />
            ))}
          </section>
        ))}
      </article>
    </section>
  )
}
