import { describe, expect, it } from 'vitest'
import { type RedactedKind, redactedKinds } from '../../../../src/contract/share'
import { Dictionary } from '../../../../src/engine/share/dictionary'
import { Placeholders } from '../../../../src/engine/share/placeholders'
import { makeRedactor } from '../../../../src/engine/share/redactor'
import { changeViews } from '../../../../src/engine/share/views'

function redacted(
  texts: readonly string[],
  options: { kinds?: readonly RedactedKind[]; list?: string; words?: readonly string[] } = {},
) {
  const dictionary = new Dictionary(options.kinds ?? redactedKinds, options.list ?? '')
  for (const word of options.words ?? []) dictionary.learnWords(word)
  for (const text of texts)
    changeViews(text, (plain, place) => {
      dictionary.learnText(plain, place)
      return plain
    })
  const placeholders = new Placeholders(Buffer.alloc(32, 1))
  placeholders.avoid(dictionary.addresses())
  const { values, kept } = dictionary.settle()
  const redactor = makeRedactor(values, placeholders)
  return { texts: texts.map((text) => redactor.text(text)), kept }
}

describe('redactor', () => {
  it.each([
    ['key=AKIAABCDEFGHIJKLMNOP', 'key=AKIAREDACTED00000001'],
    ['from 203.0.113.7 to 10.1.2.3, not 127.0.0.1', 'from 198.18.0.1 to 10.255.0.1, not 127.0.0.1'],
    ['2001:db8::7 at 10:11:12', '3fff::1 at 10:11:12'],
    ['mail bob@corp.example', 'mail person-0001@host-0001.redacted.invalid'],
    ['arn:aws:s3:eu-west-1:123456789012:x', 'arn:aws:s3:eu-west-1:900000000001:x'],
    ['password=hunter22 x', 'password=secret-0001 x'],
    ["ALTER ROLE x PASSWORD 'it''s'", "ALTER ROLE x PASSWORD 'secret-0001'"],
    ['{"password":"hunter22"}', '{"password":"secret-0001"}'],
    ['{"hostName":"web-17"}', '{"hostName":"host-0001"}'],
    ['Authorization: Bearer abcdef123456', 'Authorization: Bearer secret-0001'],
  ])('%s', (text, expected) => {
    expect(redacted([text]).texts).toEqual([expected])
  })

  it('replaces a name also where it stands in other words, but not a short one inside of a word', () => {
    expect(redacted(['{"userName":"gretalin"}', 'role-gretalin-x', 'xgretalinx']).texts.slice(1)).toEqual([
      'role-person-0001-x',
      'xperson-0001x',
    ])
    expect(redacted(['{"userName":"ann"}', 'ann and annotations']).texts[1]).toBe('person-0001 and annotations')
  })

  it('keeps and names what is a word of the formats, unless it is on the own list', () => {
    expect(redacted(['{"userName":"backup"}', 'a backup'], { words: ['backup'] })).toEqual({
      texts: ['{"userName":"backup"}', 'a backup'],
      kept: ['backup'],
    })
    expect(redacted(['{"userName":"backup"}'], { words: ['backup'], list: 'backup' }).texts).toEqual([
      '{"userName":"removed-0001"}',
    ])
  })

  it('replaces only the kinds that are asked for', () => {
    expect(redacted(['bob@corp.example 203.0.113.7'], { kinds: ['addresses'] }).texts).toEqual([
      'bob@corp.example 198.18.0.1',
    ])
  })

  it('never takes an address of the case as a placeholder', () => {
    expect(redacted(['198.18.0.1 203.0.113.7']).texts).toEqual(['198.18.0.2 198.18.0.3'])
  })

  it('leaves services that everybody has', () => {
    const text = '{"host":"sts.eu-west-1.amazonaws.com"} https://graph.microsoft.com/v1 system:serviceaccount:a:b'
    expect(redacted([text]).texts).toEqual([text])
  })
})
