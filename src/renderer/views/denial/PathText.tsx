import type { DenialPath } from '../../../contract/analyses'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatRowTime, zoneLabel } from '../../text/time'
import { markWords, stepWords } from './words'

/** The path as a list of sentences. */
export function PathText({ path }: { readonly path: DenialPath }) {
  const zone = useSettings((s) => s.timeZone)
  return (
    <ol className="ct-dn-text" aria-label="Steps of the path">
      {path.steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
        <li key={index}>
          <strong>
            {stepWords[step.kind]}
            {step.marks.flatMap((mark) => markWords.get(mark) ?? []).map((word) => `, ${word}`)}:
          </strong>{' '}
          <Evidence text={step.title} />. <Evidence text={step.text} />{' '}
          {step.ts === null ? null : (
            <span className="ct-dim">
              {formatRowTime(step.ts, zone)} {zoneLabel(zone)}
            </span>
          )}
        </li>
      ))}
    </ol>
  )
}
