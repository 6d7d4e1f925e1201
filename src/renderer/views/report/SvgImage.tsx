import { useEffect, useMemo, useState } from 'react'

/** An SVG shown as an image, so that nothing in it can run or load. */
export function SvgImage({ svg, title }: { readonly svg: string; readonly title: string }) {
  return <BlobImage blob={useMemo(() => new Blob([svg], { type: 'image/svg+xml' }), [svg])} title={title} />
}

/** A picture that the engine checked, from its bytes in base64. */
export function Picture(props: { readonly kind: 'png' | 'svg'; readonly data: string; readonly title: string }) {
  const { kind, data, title } = props
  const blob = useMemo(() => {
    const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))
    return new Blob([bytes], { type: kind === 'png' ? 'image/png' : 'image/svg+xml' })
  }, [kind, data])
  return <BlobImage blob={blob} title={title} />
}

function BlobImage({ blob, title }: { readonly blob: Blob; readonly title: string }) {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url === null ? null : <img src={url} alt={title} />
}
