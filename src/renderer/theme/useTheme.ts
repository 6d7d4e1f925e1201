import { useEffect, useSyncExternalStore } from 'react'
import { useSettings } from '../state/workbench'

const darkQuery = '(prefers-color-scheme: dark)'

function subscribeToSystem(listener: () => void): () => void {
  const media = window.matchMedia(darkQuery)
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

/** The theme that is drawn: the setting, or the system's where the setting says so. */
export function useResolvedTheme(): 'light' | 'dark' {
  const theme = useSettings((s) => s.theme)
  const systemDark = useSyncExternalStore(subscribeToSystem, () => window.matchMedia(darkQuery).matches)
  if (theme === 'system') return systemDark ? 'dark' : 'light'
  return theme
}

/** Puts the theme on the document, for our variables and for Blueprint. Once, in the shell. */
export function useApplyTheme(): void {
  const theme = useResolvedTheme()
  useEffect(() => {
    document.documentElement.dataset.theme = theme
    document.body.classList.toggle('bp6-dark', theme === 'dark')
  }, [theme])
}
