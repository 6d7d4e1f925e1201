import { useCasework } from '../../state/workbench'
import { FindingsTab } from './FindingsTab'
import { IndicatorsTab } from './IndicatorsTab'
import { ThoughtsTab } from './ThoughtsTab'
import '../../casework/marks.css'
import '../../casework/casework.css'

const tabs = [
  { id: 'findings', title: 'Findings' },
  { id: 'thoughts', title: 'Hypotheses and tasks' },
  { id: 'indicators', title: 'Indicators' },
] as const

/** What the analyst concludes, what is still open, and what to look for elsewhere. */
export function FindingsView() {
  const tab = useCasework((s) => s.tab)
  const showTab = useCasework((s) => s.showTab)
  return (
    <div className="ct-wk">
      <div className="ct-bar ct-wk-top">
        <div role="tablist" aria-label="Case work" className="ct-tabs">
          {tabs.map(({ id, title }) => (
            <button key={id} type="button" role="tab" aria-selected={tab === id} onClick={() => showTab(id)}>
              {title}
            </button>
          ))}
        </div>
      </div>
      {tab === 'findings' ? <FindingsTab /> : tab === 'thoughts' ? <ThoughtsTab /> : <IndicatorsTab />}
    </div>
  )
}
