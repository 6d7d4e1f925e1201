import { Filter } from '@blueprintjs/icons'
import type { Row } from '../../../contract/shared'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { type AddressFact, addressFacts } from './addressFacts'

/** Rows below the client address: its class, and what was looked up with the file that says it. */
export function AddressFacts({ event, address }: { readonly event: Row; readonly address: string }) {
  const info = useEngineQuery('enrich.address', { address })
  if (info.data === undefined || info.data === null) return null
  return <Rows facts={addressFacts(info.data, event)} />
}

function Rows({ facts }: { readonly facts: readonly AddressFact[] }) {
  const { addTerm } = useScope()
  return facts.map(({ field, text, value, from, overruled }) => (
    <div key={field} className="ct-field ct-field-known">
      <dt>{field}</dt>
      <dd>
        <Evidence text={text} />
        <span className="ct-dim ct-field-from">
          {overruled ? 'not used, the source states its own; ' : ''}
          {from === null ? (
            'by the address'
          ) : (
            <>
              from <Evidence text={from.file} />{' '}
              <code title={`SHA-256 ${from.sha256}`}>{from.sha256.slice(0, 8)}…</code>
            </>
          )}
        </span>
        {overruled ? null : (
          <span className="ct-field-acts">
            <button
              type="button"
              className="ct-icon-button"
              aria-label={`Filter by ${field}`}
              title="Click to filter, Alt+click to exclude"
              onClick={(click) => addTerm(field, value, click.altKey)}
            >
              <Filter size={12} />
            </button>
          </span>
        )}
      </dd>
    </div>
  ))
}
