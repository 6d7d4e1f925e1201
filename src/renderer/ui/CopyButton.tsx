import { Duplicate, Tick } from '@blueprintjs/icons'
import { useEffect, useState } from 'react'

/** Copies `text` and shows for a moment that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 1_200)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <button
      type="button"
      className="ct-icon-button"
      aria-label={copied ? 'Copied' : label}
      title={label}
      onClick={(event) => {
        event.stopPropagation()
        navigator.clipboard.writeText(text).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }}
    >
      {copied ? <Tick size={12} /> : <Duplicate size={12} />}
    </button>
  )
}

/** A digest cut to what fits, with the whole of it in the title and in the copy. */
export function ShortHash({ hash, name = 'SHA-256' }: { readonly hash: string; readonly name?: string }) {
  return (
    <span className="ct-hash">
      <code title={`${name} ${hash}`}>{hash.slice(0, 12)}…</code>
      <CopyButton text={hash} label={`Copy ${name}`} />
    </span>
  )
}
