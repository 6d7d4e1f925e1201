import { csvLine } from '../../common/csv'
import { AppError } from '../../common/errors'
import { printableJson } from '../../common/printable'
import { eventColumns } from '../../engine/query/columns'
import { listEvents } from '../../engine/query/events'
import { scopeWhere } from '../../engine/query/scope'
import { abortOnInterrupt, write } from '../output'
import { scopeOf } from '../scopeOf'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const order = input.text('order') ?? 'ts'
  if (order !== 'ts' && order !== '-ts') throw new AppError('usage', '--order is ts or -ts.')
  const limit = input.number('limit')
  const fields = input
    .text('fields')
    ?.split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '')
  const raw = input.flag('raw')
  const csv = input.flag('csv')
  const signal = abortOnInterrupt()
  await withCase(input.positionals[0] ?? '', async ({ session, client }) => {
    const { db } = session()
    const where = await scopeWhere({ db, signal, now: new Date() }, await scopeOf(client, input.text('where')))
    const events = listEvents(db, { where, order, limit, fields, raw }, signal)
    const columns = [...(fields ?? eventColumns), ...(raw ? ['raw'] : [])]
    let pending = csv ? csvLine(columns) : ''
    for await (const event of events) {
      pending += csv ? csvLine(columns.map((column) => event[column])) : `${printableJson(event)}\n`
      if (pending.length < 1 << 16) continue
      await write(pending)
      pending = ''
    }
    await write(pending)
  })
}
