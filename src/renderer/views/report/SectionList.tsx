import { Button } from '@blueprintjs/core'
import { ChevronDown, ChevronUp } from '@blueprintjs/icons'
import { moved, type SectionChoice, sectionNames, toggled, usualSections } from './sectionNames'

/** Which sections are printed, in which order. */
export function SectionList({
  sections,
  printed,
  set,
}: {
  readonly sections: readonly SectionChoice[]
  readonly printed: ReadonlySet<string> | undefined
  readonly set: (sections: readonly SectionChoice[]) => void
}) {
  return (
    <fieldset>
      <legend>Sections</legend>
      <ol className="ct-composer-sections">
        {sections.map(({ id, chosen }, index) => {
          const name = sectionNames[id]
          return (
            <li key={id}>
              <label className="ct-composer-check">
                <input type="checkbox" checked={chosen} onChange={() => set(toggled(sections, id))} />
                <span>{name}</span>
                {chosen && printed !== undefined && !printed.has(id) ? (
                  <span className="ct-composer-silent">nothing to say</span>
                ) : null}
              </label>
              <Button
                size="small"
                variant="minimal"
                icon={<ChevronUp size={12} />}
                aria-label={`${name}: further up`}
                disabled={index === 0}
                onClick={() => set(moved(sections, id, -1))}
              />
              <Button
                size="small"
                variant="minimal"
                icon={<ChevronDown size={12} />}
                aria-label={`${name}: further down`}
                disabled={index === sections.length - 1}
                onClick={() => set(moved(sections, id, 1))}
              />
            </li>
          )
        })}
      </ol>
      <Button size="small" disabled={sections === usualSections} onClick={() => set(usualSections)}>
        Usual sections
      </Button>
    </fieldset>
  )
}
