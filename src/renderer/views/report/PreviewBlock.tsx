import { Fragment } from 'react'
import type { Block, EventCard } from '../../../contract/reportBlocks'
import { Evidence } from '../../text/Evidence'
import { Facts, Soft, Tiles } from './previewParts'
import { SvgImage } from './SvgImage'

type Of<Kind extends Block['kind']> = Extract<Block, { kind: Kind }>

/** One block of a report, much as the printed forms set it. */
export function PreviewBlock({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'heading':
      return (
        <h4>
          <Evidence text={block.text} />
        </h4>
      )
    case 'paragraph':
      return block.tone === 'muted' ? (
        <Soft text={block.text} />
      ) : (
        <p>
          <Evidence text={block.text} />
        </p>
      )
    case 'moment':
      return <Moment block={block} />
    case 'list':
      return <Lines items={block.items} />
    case 'tiles':
      return <Tiles items={block.items} />
    case 'facts':
      return <Facts items={block.items} dense={block.dense ?? false} />
    case 'table':
      return <Table block={block} />
    case 'figure':
      return (
        <figure>
          <SvgImage svg={block.svg} title={block.alt} />
          <figcaption>
            <Evidence text={block.caption} />
          </figcaption>
        </figure>
      )
    case 'path':
      return <Path block={block} />
    case 'note':
      return <Note block={block} />
    case 'event':
      return <Event block={block} />
    case 'code':
      return (
        <>
          <pre>
            <Evidence text={block.text} breaks />
          </pre>
          <Soft text={block.note ?? ''} />
        </>
      )
  }
}

function Moment({ block }: { readonly block: Of<'moment'> }) {
  return (
    <div className="ct-paper-moment">
      {block.label === '' && block.time === '' ? null : (
        <p>
          {block.label === '' ? null : <strong className="ct-paper-badge">{block.label}</strong>}
          <span className="ct-paper-soft">
            <Evidence text={block.time} />
          </span>
        </p>
      )}
      {block.text === '' ? null : (
        <p className="ct-paper-words">
          <Evidence text={block.text} breaks />
        </p>
      )}
    </div>
  )
}

function Lines({ items }: { readonly items: readonly string[] }) {
  return (
    <ul>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <li key={index}>
          <Evidence text={item} />
        </li>
      ))}
    </ul>
  )
}

function Table({ block: { columns, rows, below, note } }: { readonly block: Of<'table'> }) {
  const classOf = (index: number) => {
    const column = columns[index]
    return [
      column?.align === 'right' ? 'ct-paper-right' : '',
      column?.nowrap ? 'ct-paper-nowrap' : '',
      column?.mono ? 'ct-paper-mono' : '',
    ]
      .filter((name) => name !== '')
      .join(' ')
  }
  return (
    <>
      <div className="ct-paper-wide">
        <table>
          <thead>
            <tr>
              {columns.map(({ title }, index) => (
                <th key={title} scope="col" className={classOf(index)}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => {
              const line = below?.[index] ?? null
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place
                <Fragment key={index}>
                  <tr className={line === null ? undefined : 'ct-paper-above'}>
                    {row.map((cell, at) => (
                      // biome-ignore lint/suspicious/noArrayIndexKey: nor have cells
                      <td key={at} className={classOf(at)}>
                        <Evidence text={cell} />
                      </td>
                    ))}
                  </tr>
                  {line === null ? null : (
                    <tr className="ct-paper-below">
                      <td colSpan={columns.length}>
                        {line.code === '' ? null : (
                          <code>
                            <Evidence text={line.code} />{' '}
                          </code>
                        )}
                        <Evidence text={line.words} />
                      </td>
                    </tr>
                  )}
                </Fragment>
              )
            })}
          </tbody>
        </table>
      </div>
      <Soft text={note ?? ''} />
    </>
  )
}

function Path({ block }: { readonly block: Of<'path'> }) {
  return (
    <ol className="ct-paper-path">
      {block.stops.map((stop, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stops have no identity but their place
        <li key={index} className={`ct-tone-${stop.tone}`}>
          <strong>
            <Evidence text={stop.title} />
          </strong>
          <Soft text={[stop.label, stop.time].filter((part) => part !== '').join(' · ')} />
          {stop.text === '' ? null : (
            <p>
              <Evidence text={stop.text} />
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}

function Note({ block }: { readonly block: Of<'note'> }) {
  return (
    <blockquote>
      <p className="ct-paper-words">
        <Evidence text={block.text} breaks />
      </p>
      <Soft text={block.tags.map((tag) => `#${tag}`).join(' ')} />
      <Soft text={[block.author, block.time, block.target ?? ''].filter((part) => part !== '').join(', ')} />
    </blockquote>
  )
}

function Event({ block }: { readonly block: EventCard }) {
  return (
    <section className={`ct-paper-event ct-tone-${block.tone}`}>
      <h4>
        {block.number}. <Evidence text={block.headline} /> <span className="ct-paper-outcome">{block.outcome}</span>
      </h4>
      <Soft text={block.time} />
      {block.notes.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: notes stand in their order
        <Note key={index} block={note} />
      ))}
      <Facts items={block.values} />
      {block.links.length === 0 ? null : <h5>{block.linksTitle}</h5>}
      {block.links.map((link, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: links stand in their order
        <div key={index}>
          <p>
            <b>{link.level}</b> <Evidence text={link.title} />
          </p>
          <Soft text={link.detail} />
          <Lines items={link.evidence} />
        </div>
      ))}
      <Soft text={block.linksMore ?? ''} />
      {block.trace.length === 0 ? null : <h5>{block.traceTitle}</h5>}
      <Facts items={block.trace} />
    </section>
  )
}
