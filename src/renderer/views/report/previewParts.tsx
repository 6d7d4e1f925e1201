/** Pieces that cover and blocks share. Items have no identity but their place: a report does not change under the eye. */
import { Fragment } from 'react'
import type { Value } from '../../../contract/reportBlocks'
import { Evidence } from '../../text/Evidence'

export function Tiles({ items }: { readonly items: readonly { readonly label: string; readonly value: string }[] }) {
  if (items.length === 0) return null
  return (
    <dl className="ct-paper-tiles">
      {items.map(({ label, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index}>
          <dt>
            <Evidence text={label} />
          </dt>
          <dd>
            <Evidence text={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

export function Facts({ items, dense = false }: { readonly items: readonly Value[]; readonly dense?: boolean }) {
  if (items.length === 0) return null
  return (
    <dl className={dense ? 'ct-paper-dense' : 'ct-paper-facts'}>
      {items.map(({ label, value, mono }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Fragment key={index}>
          <dt>
            <Evidence text={label} />
          </dt>
          <dd className={mono === true ? 'ct-paper-mono' : undefined}>
            <Evidence text={value} />
          </dd>
        </Fragment>
      ))}
    </dl>
  )
}

export function Soft({ text }: { readonly text: string }) {
  if (text === '') return null
  return (
    <p className="ct-paper-soft">
      <Evidence text={text} />
    </p>
  )
}
