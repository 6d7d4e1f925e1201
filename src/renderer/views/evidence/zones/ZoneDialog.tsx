import './zones.css'
import { Button } from '@blueprintjs/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { ZoneQuestions } from '../../../../contract/zones'
import { useWorkbench } from '../../../state/workbench'
import type { ZoneAnswers } from '../../../state/zoneAsk'
import { formatCount, plural } from '../../../text/numbers'
import { localZoneName } from '../../../text/time'
import { Modal } from '../../../ui/Modal'
import { answersOf, firstChoices, nameKey, proposedZones, unzonedKey, type ZoneChoice } from './answers'
import { ZoneQuestion } from './ZoneQuestion'

/** Asks what times mean that do not say it, before an import reads them. Closing it calls the import off. */
export function ZoneDialog() {
  const { zones } = useWorkbench()
  const questions = useStore(zones, (s) => s.questions)
  const answer = useStore(zones, (s) => s.answer)
  if (questions === null) return null
  return (
    <Modal label="Zones of times" onClose={() => answer(undefined)} className="ct-zones">
      <Questions questions={questions} onAnswer={answer} />
    </Modal>
  )
}

function Questions({
  questions,
  onAnswer,
}: {
  readonly questions: ZoneQuestions
  readonly onAnswer: (answers: ZoneAnswers | undefined) => void
}) {
  const { unzoned, abbreviations, lookedAt, files } = questions
  const local = localZoneName()
  const [choices, setChoices] = useState(() => firstChoices(questions, local))
  const [problems, setProblems] = useState<ReadonlySet<string>>(new Set())
  const choose = (key: string) => (choice: ZoneChoice, isZone: boolean) => {
    setChoices((before) => new Map(before).set(key, choice))
    setProblems((before) => new Set([...before].filter((other) => other !== key).concat(isZone ? [] : [key])))
  }
  const answers = answersOf(questions, choices)
  const ready = answers !== undefined && problems.size === 0
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) onAnswer(answers)
      }}
    >
      <h2>Which zone do these times have?</h2>
      <p className="ct-dim">
        The files do not say it. The answer is kept with the import and used again for later files of this case.
        {lookedAt < files ? ` Looked into ${formatCount(lookedAt)} of ${plural(files, 'file')}.` : ''}
      </p>
      {unzoned.map((question, index) => (
        <ZoneQuestion
          key={question.format}
          title={`${question.title}: times without a zone`}
          example={question}
          proposals={proposedZones(local).map((zone) => ({
            zone,
            place: zone === 'UTC' ? '' : 'the zone of this machine',
          }))}
          unknown="Not known: read as UTC, and mark the events"
          choice={choices.get(unzonedKey(question.format))}
          onChoose={choose(unzonedKey(question.format))}
          first={index === 0}
        />
      ))}
      {abbreviations.map((question, index) => (
        <ZoneQuestion
          key={question.name}
          title={`“${question.name}” ${question.readings.length > 1 ? 'means several zones' : 'is not a plain zone'}`}
          example={question}
          proposals={question.readings}
          unknown="Not known: do not read these times"
          choice={choices.get(nameKey(question.name))}
          onChoose={choose(nameKey(question.name))}
          first={unzoned.length === 0 && index === 0}
        />
      ))}
      <footer>
        <span className="ct-grow ct-dim" role="status">
          {ready ? '' : 'Choose a zone for each.'}
        </span>
        <Button size="small" onClick={() => onAnswer(undefined)}>
          Do not import
        </Button>
        <Button size="small" intent="primary" type="submit" disabled={!ready}>
          Import
        </Button>
      </footer>
    </form>
  )
}
