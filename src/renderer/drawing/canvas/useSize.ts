import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

export interface Size {
  readonly widthPx: number
  readonly heightPx: number
}

/** The content size of an element in CSS pixels, followed while it changes. Zero before the first layout. */
export function useSize<T extends Element>(): readonly [RefObject<T | null>, Size] {
  const ref = useRef<T>(null)
  const [size, setSize] = useState<Size>({ widthPx: 0, heightPx: 0 })
  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const update = () => {
      const next = { widthPx: element.clientWidth, heightPx: element.clientHeight }
      setSize((before) => (before.widthPx === next.widthPx && before.heightPx === next.heightPx ? before : next))
    }
    update()
    const observer = new ResizeObserver(update)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [ref, size]
}
