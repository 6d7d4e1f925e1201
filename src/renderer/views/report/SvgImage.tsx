import { useEffect, useMemo, useState } from 'react'

/** An SVG shown as an image, so that nothing in it can run or load. */
export function SvgImage({ svg, title }: { readonly svg: string; readonly title: string }) {
  const blob = useMemo(() => new Blob([svg], { type: 'image/svg+xml' }), [svg])
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    const made = URL.createObjectURL(blob)
    setUrl(made)
    return () => URL.revokeObjectURL(made)
  }, [blob])
  return url === null ? null : <img src={url} alt={title} />
}
