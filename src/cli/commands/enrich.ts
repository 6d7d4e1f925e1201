import { resolve } from 'node:path'
import type { EnrichStatus } from '../../contract/enrich'
import { abortOnInterrupt, clearStatus, printJson, printLines, status, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const signal = abortOnInterrupt()
  const sources = [
    ...input.texts('ranges').map((path) => ({ ref: resolve(path), kind: 'ranges' as const })),
    ...input.texts('mmdb').map((path) => ({ ref: resolve(path), kind: 'mmdb' as const })),
  ]
  await withCase(
    input.positionals[0] ?? '',
    async ({ client }) => {
      const known = await client.call(
        'enrich.run',
        { sources, fresh: input.flag('fresh') },
        { signal, onProgress: ({ step, done, total }) => status(`${step}  ${done}/${total}`) },
      )
      clearStatus()
      await (input.json ? printJson(known) : printLines(lines(known)))
    },
    { actor: input.text('actor') },
  )
}

function lines({ classes, addresses, pending, found, files }: EnrichStatus): string[] {
  if (addresses === 0) return ['No event or span of the case has an address.']
  const classLines = table([
    ['class', 'addresses', 'events'],
    ...classes.map((row) => [row.class, row.addresses, row.events]),
  ])
  if (files.length === 0) return [...classLines, `${addresses} addresses: classes only, no file was given.`]
  return [
    ...classLines,
    `${addresses} addresses: ${found.country} with country, ${found.city} with city, ${found.asn} with AS number, ${found.cloud} in given ranges.`,
    ...files.map(({ name, sha256, kind, title, builtAt }) => {
      const about = [
        kind,
        title,
        builtAt === null ? null : `made ${builtAt.slice(0, 10)}`,
        `SHA-256 ${sha256.slice(0, 12)}`,
      ]
      return `from ${name} (${about.filter((part) => part !== null).join(', ')})`
    }),
    ...(pending > 0 ? [`${pending} addresses came later and were not looked up: give the files again.`] : []),
  ]
}
