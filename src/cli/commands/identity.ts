import { AppError } from '../../common/errors'
import type { IdentityRow } from '../../contract/identities'
import { printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

/** `list`, and the words of the analyst: `merge`, `split`, `clear`. */
export async function run(input: CommandInput): Promise<void> {
  const [path = '', verb = '', key, other] = input.positionals
  await withCase(
    path,
    async ({ client }) => {
      if (verb === 'list') {
        if (other !== undefined) throw usage()
        const limit = input.number('limit', 1)
        const result = await client.call('identities.list', {
          search: key ?? '',
          ...(limit === undefined ? {} : { limit: Math.min(limit, 1_000) }),
        })
        if (input.json) return printJson(result)
        const words = result.words.map(
          ({ actor_key: one, other_key: two, merged, author }) =>
            `said by ${author}: ${one} ${one === two ? 'stands alone' : `${merged ? 'is' : 'is not'} ${two}`}`,
        )
        return printLines([...result.identities.flatMap(lines), ...words])
      }
      if (key === undefined) throw usage()
      if (verb === 'split' && other === undefined) await client.call('identities.split', { actorKey: key })
      else if (verb === 'merge' && other !== undefined)
        await client.call('identities.merge', { actorKey: key, otherKey: other })
      else if (verb === 'clear' && other !== undefined)
        await client.call('identities.decide', { words: [{ actorKey: key, otherKey: other, merged: null }] })
      else throw usage()
      const { identity } = await client.call('identities.of', { actorKey: key })
      if (input.json) return printJson({ identity })
      return printLines(identity === null ? [`${key} stands alone.`] : lines(identity))
    },
    { actor: input.text('actor') },
  )
}

function usage(): AppError {
  return new AppError(
    'usage',
    'An identity is listed [by TEXT], merged by KEY and KEY, split by KEY, or cleared by KEY and KEY.',
  )
}

function lines({ label, kind, events, members }: IdentityRow): string[] {
  return [
    `${label} (${kind}): ${members.length} keys, ${events} events`,
    ...members.map(
      (one) =>
        `  ${one.confidence.toFixed(2)}  ${one.basis.padEnd(12)}  ${one.actor_key}  ${one.events} events. ${one.text}`,
    ),
  ]
}
