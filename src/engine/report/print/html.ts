/**
 * The HTML form: one file, no script, nothing remote, no link but to its own sections. All text is made inert and
 * escaped in `text`; figures enter as data URIs, so that nothing inside them runs or loads.
 */
import type { Block, EventCard, NoteCard, ReportDocument, Value } from '../../../contract/reportBlocks'
import { inert } from '../inert'
import { style } from './style'

/** The same document gives the same text. */
export function renderHtml(report: ReportDocument): string {
  const sections = report.sections.map(
    ({ id, title, blocks }) =>
      `<section id="${escapeMarkup(id)}" aria-labelledby="${escapeMarkup(id)}-title"><h2 id="${escapeMarkup(id)}-title">${text(title)}</h2>\n${blocks.map(block).join('\n')}\n</section>`,
  )
  return `<!doctype html>
<html lang="${escapeMarkup(report.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeMarkup(inert(report.title))}</title>
<style>
${style}</style>
</head>
<body>
<header>
${logo(report)}${classification(report)}<p class="kind">${text(report.cover.kind)}</p>
<h1>${text(report.title)}</h1>
${tiles(report.cover.tiles)}
${facts(report.cover.facts)}
</header>
<nav aria-label="${escapeMarkup(inert(report.words.contents ?? ''))}"><ol>
${report.sections.map(({ id, title }) => `<li><a href="#${escapeMarkup(id)}">${text(title)}</a></li>`).join('\n')}
</ol></nav>
<main>
${sections.join('\n')}
</main>
<footer>${classification(report)}<p>${text(report.words.case ?? '')} ${text(report.caseId)}. ${text(report.words.bodyDigest ?? '')} <code>${text(report.digest)}</code></p></footer>
</body>
</html>
`
}

function classification({ cover }: ReportDocument): string {
  return cover.classification === '' ? '' : `<p class="classification">${text(cover.classification)}</p>\n`
}

function logo({ cover }: ReportDocument): string {
  if (cover.logo === null) return ''
  const type = cover.logo.kind === 'png' ? 'image/png' : 'image/svg+xml'
  return `<p class="logo"><img alt="${escapeMarkup(cover.logo.alt)}" src="data:${type};base64,${cover.logo.data}"></p>\n`
}

export function escapeMarkup(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Evidence may run right to left: its direction ends with the element. */
function text(value: string, lines = false): string {
  return `<bdi>${escapeMarkup(inert(value, { lines }))}</bdi>`
}

function block(item: Block): string {
  switch (item.kind) {
    case 'heading':
      return `<h3>${text(item.text)}</h3>`
    case 'paragraph':
      return `<p class="${item.tone ?? 'plain'}">${text(item.text)}</p>`
    case 'moment':
      return moment(item)
    case 'list':
      return `<ul>${item.items.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`
    case 'path':
      return path(item)
    case 'tiles':
      return tiles(item.items)
    case 'facts':
      return item.dense === true ? dense(item.items) : facts(item.items)
    case 'table':
      return table(item)
    case 'figure': {
      const data = Buffer.from(item.svg, 'utf8').toString('base64')
      return `<figure><img alt="${escapeMarkup(inert(item.alt))}" src="data:image/svg+xml;base64,${data}"><figcaption>${text(item.caption)}</figcaption></figure>`
    }
    case 'note':
      return note(item)
    case 'event':
      return event(item)
    case 'code':
      return `<pre><code>${text(item.text, true)}</code></pre>${item.note === null ? '' : `<p class="muted">${text(item.note)}</p>`}`
  }
}

function moment({ label, time, text: words }: Extract<Block, { kind: 'moment' }>): string {
  const badge = label === '' ? '' : `<strong class="badge">${text(label)}</strong> `
  const at = time === '' ? '' : `<span class="muted">${text(time)}</span>`
  const head = badge === '' && at === '' ? '' : `<p>${badge}${at}</p>`
  return `<div class="moment">${head}${words === '' ? '' : `<p class="words">${text(words, true)}</p>`}</div>`
}

function path({ stops }: Extract<Block, { kind: 'path' }>): string {
  return `<ol class="path">${stops
    .map(
      (stop) =>
        `<li class="${stop.tone}"><p><strong>${text(stop.title)}</strong></p><p class="muted">${[stop.label, stop.time]
          .filter((part) => part !== '')
          .map((part) => text(part))
          .join(' · ')}</p>${stop.text === '' ? '' : `<p>${text(stop.text)}</p>`}</li>`,
    )
    .join('')}</ol>`
}

function tiles(items: readonly { readonly label: string; readonly value: string }[]): string {
  if (items.length === 0) return ''
  return `<dl class="tiles">${items.map(({ label, value }) => `<div><dt>${text(label)}</dt><dd>${text(value)}</dd></div>`).join('')}</dl>`
}

function dense(items: readonly Value[]): string {
  const one = ({ label, value }: Value) => `<span><b>${text(label)}</b> ${text(value)}</span>`
  return `<p class="dense">${items.map(one).join(' ')}</p>`
}

function facts(items: readonly Value[]): string {
  if (items.length === 0) return ''
  const row = ({ label, value, mono }: Value) =>
    `<div><dt>${text(label)}</dt><dd${mono ? ' class="mono"' : ''}>${text(value, mono)}</dd></div>`
  return `<dl class="facts">${items.map(row).join('')}</dl>`
}

function table({ columns, rows, below, note: rest }: Extract<Block, { kind: 'table' }>): string {
  const cell = (value: string, index: number) => {
    const column = columns[index]
    const classes = [
      column?.align === 'right' ? 'right' : '',
      column?.mono ? 'mono' : '',
      column?.nowrap ? 'nowrap' : '',
    ].filter((name) => name !== '')
    return `<td${classes.length === 0 ? '' : ` class="${classes.join(' ')}"`}>${text(value)}</td>`
  }
  const body = rows.map((row, index) => {
    const line = below?.[index] ?? null
    const extra =
      line === null
        ? ''
        : `<tr class="below"><td colspan="${columns.length}">${line.code === '' ? '' : `<code>${text(line.code)}</code> `}${text(line.words)}</td></tr>`
    return `<tr${line === null ? '' : ' class="above"'}>${row.map(cell).join('')}</tr>${extra}`
  })
  const head = columns.map(
    ({ title, align }) => `<th scope="col"${align === 'right' ? ' class="right"' : ''}>${text(title)}</th>`,
  )
  return `<div class="wide"><table><thead><tr>${head.join('')}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></div>${rest === null ? '' : `<p class="muted">${text(rest)}</p>`}`
}

function note({ author, time, text: words, tags, target }: NoteCard): string {
  const on = target === undefined ? '' : ` ${text(target)}`
  const marks =
    tags.length === 0 ? '' : `<p class="tags">${tags.map((tag) => `<span>${text(tag)}</span>`).join(' ')}</p>`
  return `<blockquote><p class="words">${text(words, true)}</p>${marks}<footer>${text(author)}, ${text(time)}${on}</footer></blockquote>`
}

function event(item: EventCard): string {
  const links = item.links.map(
    (link) =>
      `<li><strong>${text(link.level)}</strong> ${text(link.title)}<br><span class="muted">${text(link.detail)}</span>${
        link.evidence.length === 0 ? '' : `<ul>${link.evidence.map((line) => `<li>${text(line)}</li>`).join('')}</ul>`
      }</li>`,
  )
  const more = item.linksMore === null ? '' : `<p class="muted">${text(item.linksMore)}</p>`
  return `<article class="event ${item.tone}">
<h3>${item.number}. ${text(item.headline)} <span class="outcome">${text(item.outcome)}</span></h3>
<p class="muted">${text(item.time)}</p>
${item.notes.map(note).join('\n')}
${facts(item.values)}
${links.length === 0 ? '' : `<h4>${text(item.linksTitle)}</h4><ul class="links">${links.join('')}</ul>${more}`}
${item.trace.length === 0 ? '' : `<h4>${text(item.traceTitle)}</h4>${facts(item.trace)}`}
</article>`
}
