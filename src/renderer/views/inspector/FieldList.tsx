import { Filter } from '@blueprintjs/icons'
import { Fragment } from 'react'
import type { Row } from '../../../contract/shared'
import { valueMark } from '../../filter/valueMark'
import { useScope, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatDurationUs, formatRowTime, zoneLabel } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'
import { CopyButton } from '../../ui/CopyButton'
import { valueText } from '../events/columns'
import { AddressFacts } from './AddressFacts'
import { groupFields } from './fieldGroups'

const structured = new Set(['chain', 'resources', 'correlation_ids'])

/** The normalised fields of an event, grouped; each can be copied and filtered by. */
export function FieldList({ event }: { readonly event: Row }) {
  const { addTerm } = useScope()
  return (
    <div className="ct-fields">
      {groupFields(event).map(({ title, columns }) => (
        <section key={title}>
          <h2>{title}</h2>
          <dl>
            {columns.map((column) => {
              const value = event[column]
              const text = valueText(value)
              const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
              return (
                <Fragment key={column}>
                  <div
                    className="ct-field"
                    {...(column === 'ts' || column === 'ts_end' ? {} : valueMark(column, value))}
                  >
                    <dt>{column}</dt>
                    <dd>
                      <FieldValue column={column} value={value} />
                      <span className="ct-field-acts">
                        {scalar && column !== 'ts' && column !== 'ts_end' ? (
                          <button
                            type="button"
                            className="ct-icon-button"
                            aria-label={`Filter by ${column}`}
                            title="Click to filter, Alt+click to exclude"
                            onClick={(click) => addTerm(column, value, click.altKey)}
                          >
                            <Filter size={12} />
                          </button>
                        ) : null}
                        <CopyButton text={text} label={`Copy ${column}`} />
                      </span>
                    </dd>
                  </div>
                  {column === 'src_ip' ? <AddressFacts event={event} address={text} /> : null}
                </Fragment>
              )
            })}
          </dl>
        </section>
      ))}
    </div>
  )
}

function FieldValue({ column, value }: { readonly column: string; readonly value: unknown }) {
  const zone = useSettings((s) => s.timeZone)
  if (column === 'outcome') return <OutcomeMark outcome={value} />
  if ((column === 'ts' || column === 'ts_end') && typeof value === 'string') {
    return (
      <span className="ct-num" title={value}>
        {formatRowTime(value, zone)} {zoneLabel(zone, Date.parse(value) * 1000)}
      </span>
    )
  }
  if (column === 'duration_us' && !Number.isNaN(Number(value))) {
    return <span title={`${valueText(value)} µs`}>{formatDurationUs(Number(value))}</span>
  }
  if (structured.has(column) && Array.isArray(value)) {
    return (
      <ol className="ct-steps">
        {value.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hops have no identity but their place
          <li key={index}>
            <Evidence text={hopText(item)} />
          </li>
        ))}
      </ol>
    )
  }
  return <Evidence text={valueText(value)} />
}

/** `assume_role role arn:…`: the members of a structure in their order. */
function hopText(item: unknown): string {
  if (typeof item !== 'object' || item === null) return valueText(item)
  return Object.values(item)
    .filter((part) => part !== null && part !== undefined)
    .map(valueText)
    .join(' · ')
}
