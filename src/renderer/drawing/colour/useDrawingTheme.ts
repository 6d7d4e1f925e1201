import { useEffect, useState } from 'react'
import { useResolvedTheme } from '../../theme/useTheme'
import { type DrawingTheme, readDrawingTheme } from './drawingTheme'

function readNow(): DrawingTheme {
  const style = getComputedStyle(document.documentElement)
  return readDrawingTheme((variable) => style.getPropertyValue(variable))
}

/** Read after the effect that puts the theme on the document: children's effects run first, hence the frame's delay. */
export function useDrawingTheme(): DrawingTheme {
  const name = useResolvedTheme()
  const [theme, setTheme] = useState(readNow)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the name says that the variables have changed
  useEffect(() => {
    const frame = requestAnimationFrame(() => setTheme(readNow()))
    return () => cancelAnimationFrame(frame)
  }, [name])
  return theme
}
