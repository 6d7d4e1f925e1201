/**
 * Minutes east of UTC by abbreviation, for those that name one offset only: PostgreSQL's default set
 * (timezonesets/Default) without what the time zone database gave to several offsets since 1995. IST, CST, CDT, BST, PST
 * (also Manila), EST (also Sydney, in older versions), MSK and KST are left out on purpose: they are asked for.
 */
export const plainAbbreviations: ReadonlyMap<string, number> = new Map([
  ...(['UTC', 'GMT', 'Z', 'UCT', 'WET'] as const).map((name) => [name, 0] as const),
  ...(['CET', 'MEZ', 'WEST', 'WAT'] as const).map((name) => [name, 60] as const),
  ...(['CEST', 'MESZ', 'EET', 'SAST', 'CAT'] as const).map((name) => [name, 120] as const),
  ...(['EEST', 'EAT', 'TRT'] as const).map((name) => [name, 180] as const),
  ...(['MSD', 'SAMT', 'AZT'] as const).map((name) => [name, 240] as const),
  ...(['PKT', 'YEKT', 'UZT'] as const).map((name) => [name, 300] as const),
  ['NPT', 345],
  ['OMST', 360],
  ...(['WIB', 'KRAT', 'NOVT'] as const).map((name) => [name, 420] as const),
  ...(['HKT', 'SGT', 'AWST', 'IRKT', 'WITA', 'PHT'] as const).map((name) => [name, 480] as const),
  ...(['JST', 'YAKT', 'WIT'] as const).map((name) => [name, 540] as const),
  ['ACST', 570],
  ...(['AEST', 'VLAT'] as const).map((name) => [name, 600] as const),
  ['ACDT', 630],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
  ['BRT', -180],
  ['ART', -180],
  ['NST', -210],
  ['NDT', -150],
  ['ADT', -180],
  ...(['EDT', 'CLT'] as const).map((name) => [name, -240] as const),
  ...(['PET', 'COT'] as const).map((name) => [name, -300] as const),
  ['MDT', -360],
  ...(['PDT'] as const).map((name) => [name, -420] as const),
  ...(['AKDT'] as const).map((name) => [name, -480] as const),
  ['AKST', -540],
  ['HST', -600],
])
