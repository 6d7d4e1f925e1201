import { appendixDepths, languages, papers } from '../../../contract/report'
import { useEngineQuery } from '../../state/useEngineQuery'
import { Evidence } from '../../text/Evidence'
import type { Draft } from './draft'
import { LogoField } from './LogoField'
import { SectionList } from './SectionList'

interface Props {
  readonly draft: Draft
  /** The title that the report has where none is given. */
  readonly usualTitle: string
  /** Ids of the sections that have something to say; undefined while that is not known. */
  readonly printed: ReadonlySet<string> | undefined
  readonly change: (part: Partial<Draft>) => void
}

const appendixNames = {
  compact: 'All fields of the records',
  full: 'All fields and the records themselves',
  positions: 'Positions only',
  none: 'None',
} as const
const paperNames = { a4: 'A4', letter: 'Letter' } as const
const languageNames = { en: 'English', de: 'Deutsch', ja: '日本語' } as const

export function Composer({ draft, usualTitle, printed, change }: Props) {
  const incidents = useEngineQuery('incidents.list', {}).data ?? []
  return (
    <form className="ct-scroll ct-composer" aria-label="Composer" onSubmit={(event) => event.preventDefault()}>
      <label>
        About
        <select
          className="ct-input"
          value={draft.incident}
          onChange={(event) => change({ incident: event.target.value, findings: null })}
        >
          <option value="">The whole case</option>
          {incidents.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <Text label="Title" value={draft.title} most={200} hint={usualTitle} set={(title) => change({ title })} />
      <Text label="Author" value={draft.author} most={200} hint="" set={(author) => change({ author })} />
      <Text
        label="Classification"
        value={draft.classification}
        most={100}
        hint="on the cover and every page"
        set={(classification) => change({ classification })}
      />
      <LogoField logo={draft.logo} set={(logo) => change({ logo })} />
      <div className="ct-composer-pair">
        <Choice
          label="Paper"
          names={paperNames}
          values={papers}
          value={draft.paper}
          set={(paper) => change({ paper })}
        />
        <Choice
          label="Language of labels"
          names={languageNames}
          values={languages}
          value={draft.language}
          set={(language) => change({ language })}
        />
      </div>
      <label>
        Time zone
        <select
          className="ct-input"
          value={draft.timeZone}
          onChange={(event) => change({ timeZone: event.target.value })}
        >
          {zones().map((zone) => (
            <option key={zone}>{zone}</option>
          ))}
        </select>
      </label>
      <Choice
        label="Appendix"
        names={appendixNames}
        values={appendixDepths}
        value={draft.appendix}
        set={(appendix) => change({ appendix })}
      />
      <FindingChoice chosen={draft.findings} set={(findings) => change({ findings })} />
      <SectionList sections={draft.sections} printed={printed} set={(sections) => change({ sections })} />
    </form>
  )
}

function FindingChoice({
  chosen,
  set,
}: {
  readonly chosen: readonly string[] | null
  readonly set: (ids: readonly string[] | null) => void
}) {
  const findings = useEngineQuery('findings.list', {}).data ?? []
  if (findings.length === 0) return null
  const toggle = (id: string) => {
    const ids = chosen ?? []
    set(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id])
  }
  return (
    <fieldset>
      <legend>Findings</legend>
      <label className="ct-composer-check">
        <input
          type="checkbox"
          checked={chosen === null}
          onChange={() => set(chosen === null ? findings.map(({ id }) => id) : null)}
        />
        Those of the story, else all
      </label>
      {chosen === null
        ? null
        : findings.map(({ id, title }) => (
            <label key={id} className="ct-composer-check">
              <input type="checkbox" checked={chosen.includes(id)} onChange={() => toggle(id)} />
              <Evidence text={title} />
            </label>
          ))}
    </fieldset>
  )
}

function Text(props: {
  readonly label: string
  readonly value: string
  readonly most: number
  readonly hint: string
  readonly set: (value: string) => void
}) {
  return (
    <label>
      {props.label}
      <input
        className="ct-input"
        maxLength={props.most}
        placeholder={props.hint}
        value={props.value}
        onChange={(event) => props.set(event.target.value)}
      />
    </label>
  )
}

function Choice<T extends string>(props: {
  readonly label: string
  readonly names: Readonly<Record<T, string>>
  readonly values: readonly T[]
  readonly value: T
  readonly set: (value: T) => void
}) {
  const pick = (text: string) => {
    const found = props.values.find((value) => value === text)
    if (found !== undefined) props.set(found)
  }
  return (
    <label>
      {props.label}
      <select className="ct-input" value={props.value} onChange={(event) => pick(event.target.value)}>
        {props.values.map((value) => (
          <option key={value} value={value}>
            {props.names[value]}
          </option>
        ))}
      </select>
    </label>
  )
}

function zones(): readonly string[] {
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone
  return ['UTC', ...new Set([local, ...Intl.supportedValuesOf('timeZone')])].filter(
    (zone, index) => zone !== 'UTC' || index === 0,
  )
}
