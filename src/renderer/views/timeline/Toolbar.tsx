import { Button, ButtonGroup } from '@blueprintjs/core'
import { Choice } from '../../drawing/controls/Choice'
import type { HeightScale } from '../../drawing/timeline/bars'
import type { Lane } from '../../drawing/timeline/lanes'
import { laneFields } from './fields'
import { Legend } from './Legend'
import type { WindowControl } from './useTimeWindow'

export interface TimelineLook {
  readonly laneBy: string
  readonly heights: HeightScale
  readonly sharedPeak: boolean
  readonly asTable: boolean
}

interface Props {
  readonly look: TimelineLook
  readonly onLook: (look: TimelineLook) => void
  readonly lanes: readonly Lane[]
  readonly control: WindowControl
}

const heightChoices = [
  { value: 'linear/own', label: 'Linear, each lane' },
  { value: 'linear/all', label: 'Linear, all alike' },
  { value: 'log/own', label: 'Logarithmic, each lane' },
  { value: 'log/all', label: 'Logarithmic, all alike' },
]

export function Toolbar({ look, onLook, lanes, control }: Props) {
  return (
    <div className="ct-tools">
      <Choice
        label="Lanes"
        value={look.laneBy}
        options={laneFields.map(({ field, title }) => ({ value: field, label: title }))}
        onChange={(laneBy) => onLook({ ...look, laneBy })}
      />
      <Choice
        label="Heights"
        value={`${look.heights}/${look.sharedPeak ? 'all' : 'own'}`}
        options={heightChoices}
        onChange={(choice) => {
          const [heights, peak] = choice.split('/')
          onLook({ ...look, heights: heights === 'log' ? 'log' : 'linear', sharedPeak: peak === 'all' })
        }}
      />
      <Legend lanes={lanes} />
      <span className="ct-spring" />
      <ButtonGroup>
        <Button
          size="small"
          icon="zoom-in"
          title="Zoom in (+)"
          aria-label="Zoom in"
          onClick={() => control.zoom(0.5)}
        />
        <Button
          size="small"
          icon="zoom-out"
          title="Zoom out (−)"
          aria-label="Zoom out"
          onClick={() => control.zoom(2)}
        />
        <Button size="small" title="Show the whole case (0)" disabled={control.whole} onClick={control.showAll}>
          All
        </Button>
      </ButtonGroup>
      <Button
        size="small"
        icon="th"
        active={look.asTable}
        aria-pressed={look.asTable}
        title="The same as a table"
        onClick={() => onLook({ ...look, asTable: !look.asTable })}
      >
        Table
      </Button>
    </div>
  )
}
