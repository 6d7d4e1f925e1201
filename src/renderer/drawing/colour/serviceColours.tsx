import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { colourSlots } from './colourSlots'
import { type DrawingTheme, nameCssColour, SERIES_COUNT, slotColour, slotCssColour } from './drawingTheme'

export interface ServiceColours {
  /** For elements. */
  css(service: string): string
  /** For canvases. */
  paint(theme: DrawingTheme, service: string): string
}

const Slots = createContext<ReadonlyMap<string, number>>(new Map())

/** Gives the services beneath colours of which no two are the same, those of an outer provider included. */
export function ServiceColoursProvider({
  services,
  children,
}: {
  readonly services: readonly string[]
  readonly children: ReactNode
}) {
  const outer = useContext(Slots)
  const slots = useMemo(
    () =>
      services.every((name) => outer.has(name)) ? outer : colourSlots([...outer.keys(), ...services], SERIES_COUNT),
    [outer, services],
  )
  return <Slots value={slots}>{children}</Slots>
}

export function useServiceColours(): ServiceColours {
  const slots = useContext(Slots)
  return useMemo(
    () => ({
      css: (service) => {
        const slot = slots.get(service)
        return slot === undefined ? nameCssColour(service) : slotCssColour(slot)
      },
      paint: (theme, service) =>
        slotColour(theme, slots.get(service) ?? colourSlots([service], SERIES_COUNT).get(service) ?? 0),
    }),
    [slots],
  )
}
