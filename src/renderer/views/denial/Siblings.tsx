import type { DenialPath } from '../../../contract/analyses'
import { useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatRowTime } from '../../text/time'

const kinds = ['before', 'after', 'sameActor', 'sameResource'] as const
const titles: Readonly<Record<(typeof kinds)[number], string>> = {
  before: 'The same before',
  after: 'The same after',
  sameActor: 'Same identity, elsewhere',
  sameResource: 'Same resource, others',
}

/** What was allowed beside the refusal. */
export function Siblings({ siblings }: { readonly siblings: DenialPath['siblings'] }) {
  const zone = useSettings((s) => s.timeZone)
  const pickEvent = useSelection((s) => s.pickEvent)
  return (
    <section>
      <h3>Beside it</h3>
      <div className="ct-dn-siblings">
        {kinds.map((kind) => (
          <div key={kind}>
            <h4>
              {titles[kind]} ({siblings[kind].total})
            </h4>
            <p>
              <Evidence text={siblings[kind].text} />
            </p>
            <ul>
              {siblings[kind].examples.slice(0, 3).map((one) => (
                <li key={one.event_id}>
                  <button type="button" className="ct-link" onClick={() => pickEvent(one.event_id)}>
                    {one.ts === null ? 'no time' : formatRowTime(one.ts, zone)}
                  </button>{' '}
                  <Evidence text={[one.actor, one.action, one.resource].filter((part) => part !== null).join(', ')} />
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  )
}
