import { useEngineQuery } from '../state/useEngineQuery'
import { Modal } from '../ui/Modal'

const forms: readonly (readonly [string, string])[] = [
  ['outcome:denied', 'a field with a value'],
  ['actor:"a name with spaces"', 'quotes keep text together'],
  ['action:Put*', 'begins with; * stands for any text'],
  ['src_ip:10.0.0.0/8', 'a network'],
  ['http_status:[400 TO 499]', 'a range; { } leave the ends out'],
  ['outcome:(denied OR failed)', 'several values of one field'],
  ['-source:cloudtrail', 'not'],
  ['_exists_:trace_id', 'has the field'],
  ['raw.requestParameters.bucketName:x', 'any place of a JSON record'],
  ['needle', 'text anywhere'],
]

/** How filters are written, and every field there is. */
export function FilterHelp({ onClose }: { readonly onClose: () => void }) {
  const fields = useEngineQuery('fields.list', {})
  return (
    <Modal label="How filters are written" onClose={onClose}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="ct-filter-help" tabIndex={0} aria-label="Filter language">
        <h2>How filters are written</h2>
        <dl>
          {forms.map(([form, meaning]) => (
            <div key={form}>
              <dt>
                <code>{form}</code>
              </dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <h2>Fields</h2>
        <dl>
          {(fields.data ?? []).map(({ name, aliases, description }) => (
            <div key={name}>
              <dt>
                <code>{[name, ...aliases].join(', ')}</code>
              </dt>
              <dd>{description}</dd>
            </div>
          ))}
        </dl>
      </section>
    </Modal>
  )
}
