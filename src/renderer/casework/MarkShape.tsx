import type { Verdict as VerdictSchema } from '../../contract/work'

export type Verdict = (typeof VerdictSchema)['options'][number]

/** Each verdict has a shape of its own, so that it shows without colour. */
const shapes: Readonly<Record<Verdict, string>> = {
  benign: 'M6 1.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z',
  suspicious: 'M6 1 11.5 10.5H.5z',
  malicious: 'M6 0 12 6 6 12 0 6z',
  unknown: 'M1.5 1.5h9v9h-9z',
}

export function VerdictShape({ verdict }: { readonly verdict: Verdict }) {
  return (
    <svg className={`ct-wk-shape ct-wk-${verdict}`} width="11" height="11" viewBox="0 0 12 12" aria-hidden="true">
      <path d={shapes[verdict]} />
    </svg>
  )
}

export function StarShape({ on }: { readonly on: boolean }) {
  return (
    <svg
      className={on ? 'ct-wk-star ct-wk-star-on' : 'ct-wk-star'}
      width="13"
      height="13"
      viewBox="0 0 14 14"
      aria-hidden="true"
    >
      <path d="M7 1 8.8 5 13 5.4 9.8 8.2 10.8 12.6 7 10.3 3.2 12.6 4.2 8.2 1 5.4 5.2 5z" />
    </svg>
  )
}

/** Bars that fill with the severity. */
export function SeverityShape({ severity }: { readonly severity: Severity }) {
  const filled = ['info', 'low', 'medium', 'high', 'critical'].indexOf(severity) + 1
  return (
    <svg className={`ct-wk-severity ct-wk-${severity}`} width="15" height="11" viewBox="0 0 15 11" aria-hidden="true">
      {[1, 2, 3, 4, 5].map((bar) => (
        <rect key={bar} x={(bar - 1) * 3} y={10 - bar * 2} width="2" height={bar * 2} data-on={bar <= filled} />
      ))}
    </svg>
  )
}

export type Severity = 'info' | 'low' | 'medium' | 'high' | 'critical'
